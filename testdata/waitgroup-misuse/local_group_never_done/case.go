// Package local_group_never_done has a group that nothing counts down, beside a function that counts down any.
package local_group_never_done

import "sync"

func finish(wg *sync.WaitGroup) { wg.Done() }

func each(items []int, work func(int)) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1)
		go func() {
			work(item)
		}()
	}
	wg.Wait() // want "wg.Wait never returns: nothing calls wg.Done"
}

func counted(items []int, work func(int)) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1)
		go func() {
			defer finish(&wg)
			work(item)
		}()
	}
	wg.Wait()
}
