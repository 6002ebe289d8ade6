// Package ok_started_by_constructor waits for a goroutine that a constructor started before it takes the lock.
package ok_started_by_constructor

import (
	"sync"
	"time"
)

type job struct {
	stop chan struct{}
	done chan struct{}
}

func every(pause time.Duration, do func()) *job {
	j := &job{stop: make(chan struct{}), done: make(chan struct{})}
	go func() {
		defer close(j.done)
		for {
			select {
			case <-time.After(pause):
				do()
			case <-j.stop:
				return
			}
		}
	}()
	return j
}

func (j *job) end() {
	close(j.stop)
	<-j.done
}

type desk struct {
	mu   sync.Mutex
	due  map[string]time.Time
	late []string
	job  *job
}

func open() *desk {
	d := &desk{due: map[string]time.Time{}}
	d.job = every(time.Minute, d.sweep)
	return d
}

func (d *desk) sweep() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for book, when := range d.due {
		if time.Now().After(when) {
			d.late = append(d.late, book)
			delete(d.due, book)
		}
	}
}

func (d *desk) close() {
	d.job.end()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.due = nil
}

type worker struct {
	stop chan struct{}
	done chan struct{}
}

func begin(pause time.Duration, do func()) *worker {
	w := &worker{stop: make(chan struct{}), done: make(chan struct{})}
	go w.loop(pause, do)
	return w
}

func (w *worker) loop(pause time.Duration, do func()) {
	defer close(w.done)
	for {
		select {
		case <-time.After(pause):
			do()
		case <-w.stop:
			return
		}
	}
}

func (w *worker) end() {
	close(w.stop)
	<-w.done
}

type meter struct {
	mu     sync.Mutex
	n      int
	worker *worker
}

func newMeter() *meter {
	m := &meter{}
	m.worker = begin(time.Second, func() {
		m.mu.Lock()
		m.n++
		m.mu.Unlock()
	})
	return m
}

func (m *meter) close() int {
	m.worker.end()
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.n
}
