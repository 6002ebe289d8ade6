// Package tasks_in_slice gives methods to a goroutine that runs them in turn, one of them without the lock it needs.
package tasks_in_slice

import "sync"

type buffer struct {
	mu    sync.Mutex
	lines []string
	lost  int
}

func (b *buffer) add(line string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lines = append(b.lines, line)
}

// trim is called with the lock held.
func (b *buffer) trim() {
	b.lost++ // want "field b.lost is written while another goroutine may write it"
}

func (b *buffer) write() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trim()
}

type janitor struct {
	wake  chan struct{}
	tasks []func()
}

func newJanitor(tasks ...func()) *janitor {
	return &janitor{wake: make(chan struct{}), tasks: tasks}
}

func (j *janitor) run() {
	for range j.wake {
		for _, task := range j.tasks {
			task()
		}
	}
}

func serve(rounds int) {
	b := &buffer{}
	j := newJanitor(b.write, b.trim)
	var wg sync.WaitGroup
	wg.Go(j.run)
	wg.Go(func() {
		for range rounds {
			b.add("line")
			b.write()
		}
	})
	for range rounds {
		j.wake <- struct{}{}
	}
	close(j.wake)
	wg.Wait()
}
