// Package ok_turned_away has groups that are waited for when a mark keeps all others out already.
package ok_turned_away

import (
	"net/http"
	"sync"
)

type jobs struct {
	mu   sync.RWMutex
	over bool
	quit chan struct{}
	wg   sync.WaitGroup
}

// run asks the mark under the lock that shut takes.
func (j *jobs) run(f func()) {
	j.mu.Lock()
	if f != nil && !j.over {
		j.wg.Add(1)
		go func() {
			defer j.wg.Done()
			f()
		}()
	}
	j.mu.Unlock()
}

func (j *jobs) shut() {
	j.mu.Lock()
	j.over = true
	j.mu.Unlock()
	j.wg.Wait()
}

// enter has readers of the lock, and a channel for a mark.
func (j *jobs) enter() bool {
	j.mu.RLock()
	defer j.mu.RUnlock()
	select {
	case <-j.quit:
		return false
	default:
	}
	j.count()
	return true
}

// count is called with the lock.
func (j *jobs) count() { j.wg.Add(1) }

func (j *jobs) leave() { j.wg.Done() }

func (j *jobs) refuse() {
	j.mu.Lock()
	defer j.mu.Unlock()
	close(j.quit)
}

func (j *jobs) end() {
	j.refuse()
	j.wg.Wait()
}

func serve() {
	j := &jobs{}
	defer j.shut()
	http.HandleFunc("/run", func(http.ResponseWriter, *http.Request) { j.run(func() {}) })
	http.ListenAndServe(":80", nil)
}

func serveOthers() {
	j := &jobs{quit: make(chan struct{})}
	defer j.end()
	http.HandleFunc("/enter", func(http.ResponseWriter, *http.Request) {
		if j.enter() {
			j.leave()
		}
	})
	http.ListenAndServe(":80", nil)
}
