// Package closed_at_once closes on a goroutine that waits for none of the senders.
package closed_at_once

import "sync"

func collect(parts []func() int) int {
	sums := make(chan int) // step "the channel is made"
	var wg sync.WaitGroup
	for _, part := range parts {
		wg.Go(func() { sums <- part() }) // step "the sender is started" "a send on a closed channel panics"
	}
	go func() { // step "does not wait for it on this way"
		close(sums) // want "sums may be closed while another goroutine still sends on it"
	}()
	total := 0
	for sum := range sums {
		total += sum
	}
	wg.Wait()
	return total
}
