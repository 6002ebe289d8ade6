// Package ok_single_owner lets one goroutine own the map; the others send to it (idiom C14).
package ok_single_owner

import "sync"

func ok(keys []string) int {
	adds := make(chan string)
	result := make(chan int)
	go func() {
		seen := map[string]int{}
		for key := range adds {
			seen[key]++
		}
		result <- len(seen)
	}()
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			adds <- key
		}()
	}
	wg.Wait()
	close(adds)
	return <-result
}
