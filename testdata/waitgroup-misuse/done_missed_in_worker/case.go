// Package done_missed_in_worker gets the group as a parameter and misses Done in one case of a select.
package done_missed_in_worker

import "sync"

func worker(wg *sync.WaitGroup, jobs <-chan int, stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return // step "ends without wg.Done"
		case _, open := <-jobs:
			if !open {
				wg.Done() // want "wg.Done is not called on a path on which worker returns"
				return
			}
		}
	}
}

func all(jobs <-chan int, stop <-chan struct{}) {
	var wg sync.WaitGroup
	wg.Add(2)
	go worker(&wg, jobs, stop)
	go worker(&wg, jobs, stop)
	wg.Wait()
}
