// Package ok_lock_is_taken_afterwards waits under a lock until a goroutine has begun, which takes the lock later on.
package ok_lock_is_taken_afterwards

import "sync"

type server struct {
	mu    sync.Mutex
	state int
}

func (s *server) start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	begun := make(chan struct{})
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		close(begun)
		wg.Done()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.state++
	}()
	<-begun
	wg.Wait()
}

func run() {
	s := &server{}
	s.start()
}
