// Package table_of_a_package has one map, whoever starts the goroutines that write it.
package table_of_a_package

import "sync"

var seen = map[string]int{}

func mark(name string) {
	seen[name]++ // want "map seen is written by several goroutines at once"
}

func readers(names []string) {
	var all sync.WaitGroup
	for _, name := range names {
		all.Go(func() { mark(name) })
	}
	all.Wait()
}

func writers(names []string) {
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			for _, name := range names {
				mark(name)
			}
		})
	}
	all.Wait()
}
