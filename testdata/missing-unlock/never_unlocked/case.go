// Package never_unlocked takes a lock of its own that nothing releases.
package never_unlocked

import "sync"

func each(items []int, work func(int) int) (sum int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Go(func() {
			n := work(item)
			mu.Lock() // want "mu stays locked"
			sum += n
		})
	}
	wg.Wait()
	return sum
}
