// Package once_forgotten closes by a sync.Once when it is told to, and without it when its reader ends.
package once_forgotten

import (
	"io"
	"sync"
)

type session struct {
	done  chan struct{}
	inbox chan byte
	stop  func()
}

func open(r io.Reader) *session {
	s := &session{done: make(chan struct{}), inbox: make(chan byte)}
	s.stop = sync.OnceFunc(func() { close(s.done) }) // want "s.done may be closed twice: a goroutine that ends by itself"
	go s.read(r)
	return s
}

func (s *session) read(r io.Reader) {
	defer close(s.done)
	buf := make([]byte, 1)
	for {
		if _, err := r.Read(buf); err != nil {
			return
		}
		select {
		case s.inbox <- buf[0]:
		case <-s.done:
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
		close(b.drain)
	case <-b.drain:
	}
}

func (b *buffer) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.ended {
		b.ended = true
		close(b.drain) // want "b.drain may be closed twice: a goroutine that ends by itself"
	}
}

func (b *buffer) Shutdown() { b.end() }

type feed struct {
	mu   sync.Mutex
	gone chan struct{}
}

func follow(quit <-chan struct{}) *feed {
	f := &feed{gone: make(chan struct{})}
	go f.run(quit)
	return f
}

func (f *feed) run(quit <-chan struct{}) {
	<-quit
	close(f.gone)
}

func (f *feed) Stop() {
	func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		close(f.gone) // want "f.gone may be closed twice: a goroutine that ends by itself"
	}()
}
