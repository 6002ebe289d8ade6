// Package ok_once_for_both has several that end an object, by one sync.Once or behind one mark; or one only.
package ok_once_for_both

import (
	"io"
	"sync"
)

type session struct {
	done chan struct{}
	stop func()
}

func open(r io.Reader) *session {
	s := &session{done: make(chan struct{})}
	s.stop = sync.OnceFunc(func() { close(s.done) })
	go s.read(r)
	return s
}

func (s *session) read(r io.Reader) {
	defer s.stop()
	buf := make([]byte, 1)
	for {
		if _, err := r.Read(buf); err != nil {
			return
		}
	}
}

func (s *session) Close() { s.stop() }

type buffer struct {
	mu    sync.Mutex
	drain chan struct{}
	ended bool
}

func newBuffer(quit <-chan struct{}) *buffer {
	b := &buffer{drain: make(chan struct{})}
	go b.watch(quit)
	return b
}

func (b *buffer) watch(quit <-chan struct{}) {
	select {
	case <-quit:
		b.end()
	case <-b.drain:
	}
}

func (b *buffer) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.ended {
		b.ended = true
		close(b.drain)
	}
}

func (b *buffer) Shutdown() { b.end() }

type feed struct {
	quit chan struct{}
	gone chan struct{}
}

func follow() *feed {
	f := &feed{quit: make(chan struct{}), gone: make(chan struct{})}
	go f.run()
	return f
}

func (f *feed) run() {
	<-f.quit
	close(f.gone)
}

func (f *feed) Stop() {
	func() { close(f.quit) }()
	<-f.gone
}

type stream struct {
	first  sync.Once
	source io.Reader
	done   chan struct{}
}

func (s *stream) Next() <-chan struct{} {
	s.first.Do(func() {
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
	s.first.Do(func() { close(s.done) })
	<-s.done
}
