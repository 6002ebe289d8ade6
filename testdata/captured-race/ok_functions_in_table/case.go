// Package ok_functions_in_table starts each function of a package variable's table once: each writes what is its own.
package ok_functions_in_table

import "sync"

type report struct{ first, second int }

var checks = []func(put func(first, second int)){
	func(put func(int, int)) { put(1, 0) },
	func(func(int, int)) {},
}

var parts = map[string]func(add func()){
	"one": func(add func()) { add() },
	"two": func(add func()) { add(); add() },
}

func all() report {
	var found report
	var wg sync.WaitGroup
	for _, check := range checks {
		wg.Go(func() {
			check(func(first, _ int) { found.first = first })
		})
	}
	wg.Wait()
	return found
}

func each() int {
	n := 0
	for _, part := range parts {
		part(func() { n++ })
	}
	return n
}
