// Package ok_filled_before_enqueued fills the map of a task before it hands the task to workers through a queue, and
// makes a new one for the next (idiom C16).
package ok_filled_before_enqueued

import "sync"

type task struct{ params map[string]int }

func work(queue <-chan *task, sum chan<- int) {
	n := 0
	for t := range queue {
		t.params["runs"]++
		for _, value := range t.params {
			n += value
		}
	}
	sum <- n
}

func ok(ids []int, workers int) int {
	queue := make(chan *task, len(ids))
	sums := make(chan int, workers)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() { work(queue, sums) })
	}
	for _, id := range ids {
		t := &task{params: map[string]int{}}
		t.params["id"] = id
		queue <- t
	}
	close(queue)
	wg.Wait()
	total := 0
	for range workers {
		total += <-sums
	}
	return total
}
