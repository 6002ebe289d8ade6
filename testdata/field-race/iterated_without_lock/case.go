// Package iterated_without_lock reads the objects that an iterator function yields without their locks.
package iterated_without_lock

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
		lines = append(lines, f.lines...) // want "field iterated_without_lock.file.lines is read without iterated_without_lock.file.mu"
	}
	return lines
}
