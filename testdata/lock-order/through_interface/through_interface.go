// Package through_interface asks a plugin under the host's lock; the plugin asks back under its own.
package through_interface

import "sync"

type plugin interface{ Health() int }

type host struct {
	mu      sync.Mutex
	plugins []plugin
	load    int
}

func (h *host) Check() (sum int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.plugins {
		sum += p.Health() // step "calls Health"
	}
	return sum
}

func (h *host) Load() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.load
}

type disk struct {
	mu   sync.Mutex
	host *host
	free int
}

func (d *disk) Health() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.free
}

func (d *disk) Balance() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.free -= d.host.Load() // want "h.mu is taken while d.mu is held .in disk.Balance.; host.Check takes d.mu"
}

func start() *host {
	h := &host{}
	h.plugins = append(h.plugins, &disk{host: h})
	return h
}
