// Package helper_waits receives only when the helper has come back, which waits for all that it started.
package helper_waits

import "sync"

func each(items []string, f func(string)) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f(item)
		}()
	}
	wg.Wait()
}

func gather(items []string, read func(string) int) (sum int) {
	found := make(chan int)
	each(items, func(item string) {
		found <- read(item) // want "found"
	})
	close(found)
	for n := range found {
		sum += n
	}
	return sum
}
