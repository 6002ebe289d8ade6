// Package ok_semaphore takes a slot by sending and gives it back by receiving.
package ok_semaphore

import "sync"

func each(items []string, do func(string)) {
	slots := make(chan struct{}, 3)
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			slots <- struct{}{}
			defer func() { <-slots }()
			do(item)
		}()
	}
	wg.Wait()
}
