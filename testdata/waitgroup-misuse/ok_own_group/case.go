// Package ok_own_group has a goroutine that adds to, and waits for, a group of its own.
package ok_own_group

import "sync"

func background(items []int, work func(int), done chan<- struct{}) {
	go func() {
		var wg sync.WaitGroup
		for _, item := range items {
			wg.Add(1)
			go func() {
				defer wg.Done()
				work(item)
			}()
		}
		wg.Wait()
		close(done)
	}()
}
