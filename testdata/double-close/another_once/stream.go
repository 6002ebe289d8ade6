// Package another_once has a sync.Once for the start of a goroutine and another one for the close it makes as well.
package another_once

import (
	"io"
	"sync"
)

type stream struct {
	started sync.Once
	stopped sync.Once
	source  io.Reader
	done    chan struct{}
}

func open(source io.Reader) *stream {
	return &stream{source: source, done: make(chan struct{})}
}

func (s *stream) Next() <-chan struct{} {
	s.started.Do(func() {
		go s.receive()
	})
	return s.done
}

func (s *stream) receive() {
	defer close(s.done)
	buf := make([]byte, 1)
	for {
		if _, err := s.source.Read(buf); err != nil {
			return
		}
	}
}

func (s *stream) Close() {
	s.stopped.Do(func() { close(s.done) }) // want "s.done may be closed twice"
}
