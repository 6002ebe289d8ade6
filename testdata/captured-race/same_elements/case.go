// Package same_elements lets every worker go through all elements of one slice.
package same_elements

import "sync"

func parallel(workers int, work func(worker int)) {
	var wg sync.WaitGroup
	for i := range workers {
		wg.Go(func() { work(i) })
	}
	wg.Wait()
}

func rank(names []string) []int {
	best := make([]int, len(names))
	parallel(4, func(worker int) {
		for i := range names {
			if best[i] < worker*len(names[i]) {
				best[i] = worker * len(names[i]) // want "slice best.* is written by several goroutines at once"
			}
		}
	})
	return best
}

func first(workers int) []string {
	found := make([]string, 1)
	parallel(workers, func(worker int) {
		found[0] = string(rune('a' + worker)) // want "slice found.* is written by several goroutines at once"
	})
	return found
}
