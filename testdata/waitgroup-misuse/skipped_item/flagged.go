package skipped_item

import "sync"

// flagged says on a channel whether there was something to skip, which is not the item.
func flagged(items []int, skipped chan<- bool, work func(int)) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1) // want "wg.Add.1. is left without a Done on a path through flagged"
		late := item < 0
		if late {
			skipped <- late
			continue
		}
		go func() {
			defer wg.Done()
			work(item)
		}()
	}
	wg.Wait()
}

// compared does the same with what a comparison says.
func compared(items []int, skipped chan<- bool, work func(int)) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1) // want "wg.Add.1. is left without a Done on a path through compared"
		if item < 0 {
			skipped <- item > -100
			continue
		}
		go func() {
			defer wg.Done()
			work(item)
		}()
	}
	wg.Wait()
}
