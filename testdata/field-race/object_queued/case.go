// Package object_queued keeps jobs for all to see, and sends them to a worker that writes them without the lock.
package object_queued

import "sync"

type job struct {
	name  string
	steps int
	note  string
}

type board struct {
	mu    sync.Mutex
	jobs  map[string]*job
	queue chan *job
}

func newBoard() *board {
	return &board{jobs: map[string]*job{}, queue: make(chan *job, 4)}
}

func (b *board) submit(name string) {
	j := &job{name: name}
	b.mu.Lock()
	b.jobs[name] = j
	b.mu.Unlock()
	b.queue <- j
}

func (b *board) work() {
	for j := range b.queue {
		b.do(j)
	}
}

func (b *board) do(j *job) {
	for range 3 {
		j.steps++ // want "field object_queued.board.jobs\\[…\\].steps is written without object_queued.board.mu"
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	j.note = "done"
	delete(b.jobs, j.name)
}

func (b *board) progress(name string) (int, string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if j, ok := b.jobs[name]; ok {
		return j.steps, j.note
	}
	return 0, ""
}
