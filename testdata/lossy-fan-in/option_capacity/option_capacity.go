// Package option_capacity makes the channel with the default of an option, and feeds it from a callback that a helper
// runs for every target at once.
package option_capacity

import "sync"

const defaultBuffer = 4

type state struct {
	target string
	lag    int
}

type tracker struct{ states chan state }

func newTracker() *tracker {
	return &tracker{states: make(chan state, defaultBuffer)} // step "capacity 4"
}

func (t *tracker) report(s state) {
	select {
	case t.states <- s: // want "many goroutines send on t.states, which holds 4"
	default:
	}
}

func forAll(targets []string, f func(string)) {
	var wg sync.WaitGroup
	for _, target := range targets {
		wg.Add(1)
		go func() { // step "goroutine"
			defer wg.Done()
			f(target)
		}()
	}
	wg.Wait()
}

func run(targets []string, apply func(state)) {
	t := newTracker()
	go func() {
		for s := range t.states {
			apply(s)
		}
	}()
	forAll(targets, func(target string) {
		t.report(state{target, len(target)})
	})
}
