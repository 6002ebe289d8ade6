// Package late_after_shutdown has groups whose marks do not keep a late Add out.
package late_after_shutdown

import (
	"net/http"
	"sync"
)

type jobs struct {
	mu   sync.Mutex
	over bool
	wg   sync.WaitGroup
}

// run gives the lock back between the question and the Add.
func (j *jobs) run(f func()) {
	j.mu.Lock()
	over := j.over
	j.mu.Unlock()
	if over {
		return
	}
	j.wg.Add(1) // step "adds to the group"
	go func() {
		defer j.wg.Done()
		f()
	}()
}

func (j *jobs) shut() {
	j.mu.Lock()
	j.over = true
	j.mu.Unlock()
	j.wg.Wait() // want "j.wg.Wait runs beside an Add of the same group on another goroutine"
}

func serve() {
	j := &jobs{}
	defer j.shut()
	http.HandleFunc("/run", func(http.ResponseWriter, *http.Request) { j.run(func() {}) })
	http.ListenAndServe(":80", nil)
}

type tasks struct {
	mu   sync.Mutex
	over bool
	wg   sync.WaitGroup
}

// run asks under the lock, but the mark is set too late.
func (t *tasks) run(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.over {
		return
	}
	t.wg.Add(1)
	go func() {
		defer t.wg.Done()
		f()
	}()
}

func (t *tasks) shut() {
	t.wg.Wait() // want "t.wg.Wait runs beside an Add of the same group on another goroutine"
	t.mu.Lock()
	t.over = true
	t.mu.Unlock()
}

func serveTasks() {
	t := &tasks{}
	defer t.shut()
	http.HandleFunc("/run", func(http.ResponseWriter, *http.Request) { t.run(func() {}) })
	http.ListenAndServe(":80", nil)
}
