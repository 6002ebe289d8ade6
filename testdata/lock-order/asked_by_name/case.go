// Package asked_by_name moves wagons between the tracks that a request asks for by two names.
package asked_by_name

import (
	"strconv"
	"sync"
)

type request interface{ value(name string) string }

type track struct {
	mu     sync.Mutex
	wagons []string
}

func shunt(from, to *track) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock() // want "to.mu is taken while from.mu of another object is held, as the call has them"
	defer to.mu.Unlock()
	to.wagons = append(to.wagons, from.wagons...)
	from.wagons = nil
}

type yard struct{ tracks []*track }

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
		shunt(from, to)
	}
}
