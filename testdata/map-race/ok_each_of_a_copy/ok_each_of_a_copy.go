// Package ok_each_of_a_copy starts a goroutine for each object and waits for it, or does so once.
package ok_each_of_a_copy

import (
	"slices"
	"sync"
)

type peer struct{ sent map[string]int }

func (p *peer) send(message string) { p.sent[message]++ }

type hub struct {
	mu    sync.Mutex
	peers []*peer
}

func (h *hub) snapshot() []*peer {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.peers)
}

func (h *hub) broadcast(message string) {
	var done sync.WaitGroup
	for _, p := range h.snapshot() {
		done.Add(1)
		go func() {
			defer done.Done()
			p.send(message)
		}()
	}
	done.Wait()
}

func (h *hub) farewell(done *sync.WaitGroup) {
	peers := append([]*peer(nil), h.peers...)
	for _, p := range peers {
		done.Go(func() { p.send("bye") })
	}
}

func serve(times int) {
	h := &hub{peers: []*peer{{sent: map[string]int{}}, {sent: map[string]int{}}}}
	for range times {
		h.broadcast("hello")
	}
	var done sync.WaitGroup
	h.farewell(&done)
	done.Wait()
}
