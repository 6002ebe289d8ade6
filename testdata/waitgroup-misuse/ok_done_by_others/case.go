// Package ok_done_by_others hands the group, or its Done, to those who count it down.
package ok_done_by_others

import "sync"

func pointer(items []int, work func(int)) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1)
		go one(&wg, item, work)
	}
	wg.Wait()
}

func one(wg *sync.WaitGroup, item int, work func(int)) {
	defer wg.Done()
	work(item)
}

func negative(items []int, work func(int)) {
	var wg sync.WaitGroup
	wg.Add(len(items))
	go func() {
		for _, item := range items {
			work(item)
		}
		wg.Add(-len(items))
	}()
	wg.Wait()
}

func bound(each func(func()), items []int) {
	var wg sync.WaitGroup
	wg.Add(len(items))
	for range items {
		done := wg.Done
		go each(done)
	}
	wg.Wait()
}
