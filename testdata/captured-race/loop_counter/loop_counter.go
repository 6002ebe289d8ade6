// Package loop_counter starts goroutines that look at the loop's counter: each iteration has its own since Go 1.22.
package loop_counter

import (
	"sync"
	"sync/atomic"
)

// sum counts on in the post statement only, which sets the next iteration's copy.
func sum(n int) int64 {
	var total atomic.Int64
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			total.Add(int64(i))
		}()
	}
	wg.Wait()
	return total.Load()
}

// pairs counts on in the body too, where the goroutine has that very copy.
func pairs(n int) int64 {
	var total atomic.Int64
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			total.Add(int64(i))
		}()
		if i%2 == 0 {
			i++ // want "variable i is written while another goroutine may read it"
		}
	}
	wg.Wait()
	return total.Load()
}
