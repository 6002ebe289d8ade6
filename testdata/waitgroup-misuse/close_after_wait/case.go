// Package close_after_wait waits for the consumer, which waits for the close.
package close_after_wait

import "sync"

func copyAll(items []int, work func(int)) {
	var wg sync.WaitGroup
	queue := make(chan int)
	wg.Add(2)
	go func() {
		defer wg.Done()
		for _, item := range items {
			queue <- item
		}
	}()
	go func() {
		defer wg.Done()
		for item := range queue { // step "a counted goroutine ranges until the channel is closed"
			work(item)
		}
	}()
	wg.Wait() // want "wg.Wait waits for a goroutine that ranges on a channel which is closed only after the wait"
	close(queue) // step "the channel is closed after that only"
}
