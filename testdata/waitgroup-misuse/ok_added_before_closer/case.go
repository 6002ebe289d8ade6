// Package ok_added_before_closer holds a count of its own while it starts more, and lets a closer wait.
package ok_added_before_closer

import "sync"

func collect(parts []int, work func(int)) <-chan struct{} {
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		wg.Wait()
		close(done)
	}()
	for _, part := range parts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(part)
		}()
	}
	wg.Done()
	return done
}
