// Package wait_in_loop counts all, then waits for all after starting the first.
package wait_in_loop

import "sync"

func all(items []int, work func(int)) {
	var wg sync.WaitGroup
	wg.Add(len(items)) // step "all goroutines are counted before the loop"
	for _, item := range items {
		go func() { // step "one is started in a round"
			defer wg.Done()
			work(item)
		}()
		wg.Wait() // want "wg.Wait in the loop that starts the goroutines"
	}
}
