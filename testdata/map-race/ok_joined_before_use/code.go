// Package ok_joined_before_use writes a map in one goroutine and reads it after that has ended.
package ok_joined_before_use

import "sync"

func okWaitGroup(keys []string) int {
	seen := map[string]bool{}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for _, key := range keys {
			seen[key] = true
		}
	}()
	wg.Wait()
	seen["last"] = true
	return len(seen)
}

func okChannel(keys []string) int {
	seen := map[string]bool{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, key := range keys {
			seen[key] = true
		}
	}()
	<-done
	return len(seen)
}

func okOwnMap(keys []string) {
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			own := map[string]bool{}
			own[key] = true
		}()
	}
	wg.Wait()
}
