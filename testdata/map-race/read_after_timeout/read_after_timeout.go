// Package read_after_timeout gives up waiting and uses the map that the goroutine still fills.
package read_after_timeout

import "time"

func bad(keys []int, wait time.Duration) int {
	found := map[int]bool{}
	done := make(chan struct{})
	go func() { // step "goroutine"
		defer close(done)
		for _, key := range keys {
			found[key] = true // want "map found is written while another goroutine may read it"
		}
	}()
	select {
	case <-done:
	case <-time.After(wait):
	}
	count := 0
	for range found { // step "reads found"
		count++
	}
	return count
}
