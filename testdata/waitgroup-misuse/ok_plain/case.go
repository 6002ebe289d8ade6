// Package ok_plain is how it is done: Add before, Done deferred, Wait after.
package ok_plain

import "sync"

func all(items []int, work func(int) error) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := work(item); err != nil {
				return
			}
		}()
	}
	wg.Wait()
}

func grouped(items []int, work func(int)) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Go(func() { work(item) })
	}
	wg.Wait()
}

func batches(items [][]int, work func(int)) {
	for _, batch := range items {
		var wg sync.WaitGroup
		wg.Add(len(batch))
		for _, item := range batch {
			go func() {
				defer wg.Done()
				work(item)
			}()
		}
		wg.Wait()
	}
}
