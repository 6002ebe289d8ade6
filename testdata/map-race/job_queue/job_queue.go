// Package job_queue sends closures that write one map to workers, through a channel.
package job_queue

import "sync"

type queue struct {
	jobs chan func()
	wg   sync.WaitGroup
}

func newQueue(workers int) *queue {
	q := &queue{jobs: make(chan func())}
	for range workers {
		q.wg.Add(1)
		go q.work()
	}
	return q
}

func (q *queue) work() {
	defer q.wg.Done()
	for job := range q.jobs {
		job()
	}
}

func bad(names []string) map[string]int {
	sizes := map[string]int{}
	q := newQueue(4)
	for _, name := range names {
		q.jobs <- func() { // step "goroutine"
			sizes[name] = len(name) // want "map sizes is written by several goroutines at once"
		}
	}
	close(q.jobs)
	q.wg.Wait()
	return sizes
}
