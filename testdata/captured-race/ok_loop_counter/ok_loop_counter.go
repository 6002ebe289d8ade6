// Package ok_loop_counter has loops whose post statements set what goroutines of earlier iterations have copies of.
package ok_loop_counter

import "sync"

func squares(n int) []int {
	found := make([]int, n)
	var wg sync.WaitGroup
	for i, next := 0, 1; i < n; i, next = i+1, next+1 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			found[i] = next * next
		}()
	}
	wg.Wait()
	return found
}

func halves(n int, each func(int)) {
	var wg sync.WaitGroup
	for size := n; size > 0; size /= 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			each(size)
		}()
	}
	wg.Wait()
}
