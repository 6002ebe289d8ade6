// Package receive_after_wait waits for the senders before it receives.
package receive_after_wait

import "sync"

func gather(items []int, work func(int) int) []int {
	var wg sync.WaitGroup
	results := make(chan int)
	for _, item := range items {
		wg.Go(func() {
			results <- work(item) // step "a counted goroutine sends until the channel is received from"
		})
	}
	wg.Wait() // want "wg.Wait waits for a goroutine that sends on a channel which is received from only after the wait"
	close(results)
	var all []int
	for result := range results { // step "the channel is received from after that only"
		all = append(all, result)
	}
	return all
}
