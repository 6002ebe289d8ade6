// Package kept_and_run keeps each feed in a table and lets a goroutine fill it: who takes it out of the table meets it.
package kept_and_run

import "sync"

type feed struct {
	name  string
	lines int
	state string
}

func (f *feed) follow(source <-chan string) {
	for line := range source {
		f.state = line
		f.lines++ // want "field f.lines is written while another goroutine may read it, with no common lock .Hub.Open leaves a goroutine behind that shares its kept_and_run.feed"
	}
}

func (f *feed) size() int { return f.lines + len(f.name) }

type Hub struct {
	mu    sync.Mutex
	feeds map[string]*feed
}

func (h *Hub) Open(name string, source <-chan string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.feeds == nil {
		h.feeds = map[string]*feed{}
	}
	f := &feed{name: name}
	h.feeds[name] = f
	go f.follow(source)
}

// Total holds the lock of the table, which the goroutines of the feeds know nothing of.
func (h *Hub) Total() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	total := 0
	for _, f := range h.feeds {
		total += f.size()
	}
	return total
}
