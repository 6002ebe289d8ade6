// Package tended_under_a_request keeps rooms for all guests, but what works for a room ends with its first guest's visit.
package tended_under_a_request

import (
	"context"
	"net/http"
	"sync"
	"time"
)

type room struct {
	mu   sync.Mutex
	heat int
}

func (r *room) warm(ctx context.Context) {
	ticks := time.NewTicker(time.Second)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
			r.mu.Lock()
			r.heat++
			r.mu.Unlock()
		}
	}
}

func (r *room) open(ctx context.Context) { go r.warm(ctx) }

func (r *room) degrees() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.heat
}

type hotel struct {
	life  context.Context
	mu    sync.Mutex
	rooms map[string]*room
	halls map[string]*room
	cells map[string]*room
}

func (h *hotel) room(ctx context.Context, name string) *room {
	h.mu.Lock()
	defer h.mu.Unlock()
	found, ok := h.rooms[name]
	if ok {
		return found
	}
	found = &room{}
	h.rooms[name] = found
	found.open(ctx) // want "found.open works for what is kept for others, but under the context of whoever asked for it first"
	return found
}

func (h *hotel) hall(ctx context.Context, name string) *room {
	h.mu.Lock()
	defer h.mu.Unlock()
	if found := h.halls[name]; found != nil {
		return found
	}
	found := &room{}
	go found.warm(ctx) // want "found.warm works for what is kept for others"
	h.halls[name] = found
	return found
}

// cell works for its rooms as long as the hotel is there.
func (h *hotel) cell(ctx context.Context, name string) *room {
	h.mu.Lock()
	defer h.mu.Unlock()
	found, ok := h.cells[name]
	if !ok && ctx.Err() == nil {
		found = &room{}
		h.cells[name] = found
		found.open(h.life)
	}
	return found
}

func (h *hotel) ServeHTTP(w http.ResponseWriter, r *http.Request) { // the visit
	ctx, cancel := context.WithTimeout(r.Context(), time.Second)
	defer cancel()
	_ = h.room(r.Context(), r.URL.Path).degrees()
	_ = h.hall(ctx, r.URL.Path).degrees()
	_ = h.cell(ctx, r.URL.Path).degrees()
}

func serve(life context.Context) error {
	h := &hotel{life: life, rooms: map[string]*room{}, halls: map[string]*room{}, cells: map[string]*room{}}
	return http.ListenAndServe(":8080", h)
}
