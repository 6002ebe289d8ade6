// Package counter_in_goroutines counts in a field from many goroutines.
package counter_in_goroutines

import "sync"

type job struct{ done int }

func bad(j *job, n int) {
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			j.done++ // want "field j.done is written by several goroutines at once"
		})
	}
	wg.Wait()
}
