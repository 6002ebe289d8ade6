// Package each_of_a_copy starts a goroutine for each object of a copied collection, again and again.
package each_of_a_copy

import (
	"slices"
	"sync"
)

type peer struct {
	sent map[string]int
	done *sync.WaitGroup
}

func (p *peer) send(message string) {
	p.sent[message]++ // want "map p.sent is written by several goroutines at once"
	p.done.Done()
}

type listener interface{ hear(string) }

type ear struct {
	heard map[string]bool
	done  *sync.WaitGroup
}

func (e *ear) hear(message string) {
	e.heard[message] = true // want "map e.heard is written by several goroutines at once"
	e.done.Done()
}

type hub struct {
	mu        sync.Mutex
	peers     map[string]*peer
	listeners []listener
}

func (h *hub) add(p *peer, l listener) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.peers["one"] = p
	h.listeners = append(h.listeners, l)
}

func (h *hub) snapshot() []*peer {
	h.mu.Lock()
	defer h.mu.Unlock()
	var peers []*peer
	for _, p := range h.peers {
		peers = append(peers, p)
	}
	return peers
}

func (h *hub) broadcast(message string) {
	for _, p := range h.snapshot() {
		go p.send(message)
	}
	h.mu.Lock()
	listeners := slices.Clone(h.listeners)
	h.mu.Unlock()
	for _, l := range listeners {
		go l.hear(message)
	}
}

func serve(times int) {
	var done sync.WaitGroup
	h := &hub{peers: map[string]*peer{}}
	h.add(&peer{sent: map[string]int{}, done: &done}, &ear{heard: map[string]bool{}, done: &done})
	done.Add(2 * times)
	for range times {
		h.broadcast("hello")
	}
	done.Wait()
}
