// Package method_value_callback hands a method value to a helper that runs it on many goroutines.
package method_value_callback

import "sync"

type tally struct{ byName map[string]int }

func (t *tally) record(name string) {
	t.byName[name]++ // want "map t.byName is written by several goroutines at once"
}

func forAll(names []string, f func(string)) {
	var wg sync.WaitGroup
	defer wg.Wait()
	for _, name := range names {
		wg.Add(1)
		go func() { // step "goroutine"
			defer wg.Done()
			f(name)
		}()
	}
}

func bad(names []string) int {
	t := &tally{byName: map[string]int{}}
	forAll(names, t.record)
	return len(t.byName)
}
