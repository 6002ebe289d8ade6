// Package added_beside_wait counts workers on goroutines that nobody waits for, while the stopper waits.
package added_beside_wait

import "sync"

type stopper struct {
	wg   sync.WaitGroup
	quit chan struct{}
}

func (s *stopper) run(f func()) {
	s.wg.Add(1) // step "adds to the group"
	go func() {
		defer s.wg.Done()
		f()
	}()
}

func (s *stopper) stop() {
	close(s.quit)
	s.wg.Wait() // want "s.wg.Wait runs beside an Add of the same group on another goroutine"
}

type server struct{ stopper *stopper }

func (s *server) serve() { s.stopper.run(func() {}) }

func run() {
	st := &stopper{quit: make(chan struct{})}
	defer st.stop()
	srv := &server{stopper: st}
	for range 2 {
		go srv.serve()
	}
}
