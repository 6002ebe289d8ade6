// Package two_goroutines lets two different goroutines write one map.
package two_goroutines

import "sync"

func bad() map[string]int {
	counts := map[string]int{}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() { // step "goroutine"
		defer wg.Done()
		for range 50 {
			counts["reads"]++ // want "map counts is written while another goroutine may"
		}
	}()
	go func() { // step "goroutine"
		defer wg.Done()
		for range 50 {
			counts["writes"]++ // step "writes counts"
		}
	}()
	wg.Wait()
	return counts
}
