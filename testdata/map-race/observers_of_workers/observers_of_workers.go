// Package observers_of_workers has workers that each tell all observers of an event.
package observers_of_workers

import "sync"

type bus struct {
	mu        sync.RWMutex
	observers map[string][]func(int)
	queue     chan string
	wg        sync.WaitGroup
}

func newBus(workers int) *bus {
	b := &bus{observers: map[string][]func(int){}, queue: make(chan string)}
	for range workers {
		b.wg.Add(1)
		go b.work()
	}
	return b
}

func (b *bus) observe(topic string, call func(int)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.observers[topic] = append(b.observers[topic], call)
}

func (b *bus) work() {
	defer b.wg.Done()
	for topic := range b.queue {
		b.mu.RLock()
		calls := b.observers[topic]
		b.mu.RUnlock()
		for _, call := range calls {
			call(len(topic))
		}
	}
}

func (b *bus) close() {
	close(b.queue)
	b.wg.Wait()
}

type report struct{ totals map[int]int }

func newReport(source interface{ observe(string, func(int)) }) *report {
	r := &report{totals: map[int]int{}}
	source.observe("order", r.add)
	return r
}

func (r *report) add(n int) {
	r.totals[n]++ // want "map r.totals is written by several goroutines at once"
}

func serve(events int) int {
	b := newBus(4)
	r := newReport(b)
	for range events {
		b.queue <- "order"
	}
	b.close()
	return len(r.totals)
}
