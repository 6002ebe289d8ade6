// Package ok_tasks_in_slice gives a goroutine methods that take the lock which they need.
package ok_tasks_in_slice

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
	b.lost++
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

func (j *janitor) run(rounds int) {
	for range rounds {
		<-j.wake
		for _, task := range j.tasks {
			task()
		}
	}
}

func serve(rounds int) {
	b := &buffer{}
	j := newJanitor(b.write, func() { b.write() })
	var wg sync.WaitGroup
	wg.Go(func() { j.run(rounds) })
	wg.Go(func() {
		for range rounds {
			b.add("line")
			b.write()
		}
	})
	for range rounds {
		j.wake <- struct{}{}
	}
	wg.Wait()
}
