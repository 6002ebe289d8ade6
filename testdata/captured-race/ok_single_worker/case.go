// Package ok_single_worker runs one task after the other.
package ok_single_worker

import "sync"

// line runs tasks in turn, on one goroutine.
type line struct {
	tasks chan func()
	ended chan struct{}
}

func newLine() *line {
	l := &line{tasks: make(chan func()), ended: make(chan struct{})}
	go l.work()
	return l
}

func (l *line) work() {
	defer close(l.ended)
	for task := range l.tasks {
		task()
	}
}

func (l *line) submit(task func()) {
	l.tasks <- task
}

func count(l *line, names []string) int {
	n := 0
	var all sync.WaitGroup
	for range names {
		all.Add(1)
		l.submit(func() {
			defer all.Done()
			n++
		})
	}
	all.Wait()
	return n
}
