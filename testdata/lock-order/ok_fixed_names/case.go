// Package ok_fixed_names moves wagons between tracks that have names of their own, or in the order of their numbers.
package ok_fixed_names

import (
	"strconv"
	"sync"
)

type request interface{ value(name string) string }

type track struct {
	id     int
	mu     sync.Mutex
	wagons []string
}

func (y *yard) shunt(from, to *track) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	to.wagons = append(to.wagons, from.wagons...)
	from.wagons = nil
}

type yard struct {
	tracks []*track
	byName map[string]*track
}

func (y *yard) named(r request, name string) *track {
	if r.value("verbose") != "" {
		println(name)
	}
	return y.byName[name]
}

func (y *yard) tidy(r request) {
	from, to := y.named(r, "arrivals"), y.named(r, "sidings")
	y.shunt(from, to)
}

func inOrder(from, to *track) {
	first, second := from, to
	if first.id > second.id {
		first, second = second, first
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	to.wagons = append(to.wagons, from.wagons...)
	from.wagons = nil
}

func (y *yard) track(r request, name string) *track {
	at, err := strconv.Atoi(r.value(name))
	if err != nil || at < 0 || at >= len(y.tracks) {
		return nil
	}
	return y.tracks[at]
}

func (y *yard) handle(r request) {
	from, to := y.track(r, "from"), y.track(r, "to")
	if from != nil && to != nil && from != to {
		inOrder(from, to)
	}
}
