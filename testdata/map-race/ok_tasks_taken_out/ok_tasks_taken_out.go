// Package ok_tasks_taken_out has workers that take what is in a list out of it, and so run each function once.
package ok_tasks_taken_out

import "sync"

type list struct {
	mu    sync.Mutex
	tasks []func()
	named map[string][]func()
}

func (l *list) add(name string, task func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tasks = append(l.tasks, task)
	l.named[name] = append(l.named[name], task)
}

func (l *list) drain() {
	l.mu.Lock()
	tasks := l.tasks
	l.tasks = nil
	l.mu.Unlock()
	for _, task := range tasks {
		task()
	}
}

func (l *list) take(name string) []func() {
	l.mu.Lock()
	defer l.mu.Unlock()
	tasks := l.named[name]
	delete(l.named, name)
	return tasks
}

func (l *list) drainNamed(name string) {
	for _, task := range l.take(name) {
		task()
	}
}

func run() (int, int) {
	l := &list{named: map[string][]func(){}}
	first, second := map[int]int{}, map[int]int{}
	l.add("one", func() { first[1]++ })
	other := &list{named: map[string][]func(){}}
	other.add("two", func() { second[2]++ })
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(l.drain)
		wg.Go(func() { other.drainNamed("two") })
	}
	wg.Wait()
	return len(first), len(second)
}
