// Package ok_done_per_item has workers that are done once an item, and a group that may be nil.
package ok_done_per_item

import "sync"

func workers(items []int, work func(int)) {
	var wg sync.WaitGroup
	queue := make(chan int)
	for range 4 {
		go func() {
			for item := range queue {
				work(item)
				wg.Done()
			}
		}()
	}
	wg.Add(len(items))
	for _, item := range items {
		queue <- item
	}
	wg.Wait()
	close(queue)
}

func perhaps(wg *sync.WaitGroup, work func()) {
	if wg != nil {
		wg.Add(1)
	}
	go func() {
		work()
		if wg != nil {
			wg.Done()
		}
	}()
}
