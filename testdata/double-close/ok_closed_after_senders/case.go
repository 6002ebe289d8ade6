// Package ok_closed_after_senders closes after all senders are known to be done, or under the lock they ask.
package ok_closed_after_senders

import "sync"

type hub struct {
	mu     sync.Mutex
	closed bool
	events chan int
}

func (h *hub) publish(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed {
		h.events <- n
	}
}

func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed {
		h.closed = true
		close(h.events)
	}
}

func run(h *hub) {
	go h.publish(1)
	h.close()
}

func gather(parts []int) int {
	out := make(chan int)
	var wg sync.WaitGroup
	for _, part := range parts {
		wg.Go(func() { out <- part })
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	sum := 0
	for n := range out {
		sum += n
	}
	return sum
}

type box struct{ c chan int }

func renewed(s *box) {
	close(s.c)
	s.c = make(chan int, 1)
	s.c <- 1
}
