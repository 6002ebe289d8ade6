// Package ok_iterated_with_lock takes the lock of each object that an iterator function yields.
package ok_iterated_with_lock

import (
	"iter"
	"sync"
)

type file struct {
	mu    sync.Mutex
	lines []int
}

type set struct {
	mu    sync.Mutex
	files []*file
}

func (s *set) all() iter.Seq[*file] {
	return func(yield func(*file) bool) {
		for _, f := range s.files {
			if !yield(f) {
				return
			}
		}
	}
}

func (f *file) add(line int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lines = append(f.lines, line)
}

func (f *file) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.lines)
}

func (s *set) collect() (lines []int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for f := range s.all() {
		f.mu.Lock()
		lines = append(lines, f.lines...)
		f.mu.Unlock()
	}
	return lines
}
