// Package capacity_by_constant gets the capacity from a constant of another package and the channel from a constructor.
package capacity_by_constant

import "govetpy.test/lossy-fan-in/capacity_by_constant/limits"

type event struct{ key, value string }

type bus struct{ events chan event }

func newBus(events chan event) *bus { return &bus{events: events} }

func (b *bus) publish(e event) {
	select {
	case b.events <- e: // want "many goroutines send on b.events, which holds 4"
	default:
	}
}

func run(keys []string) {
	b := newBus(make(chan event, limits.Queue)) // step "capacity 4"
	for _, key := range keys {
		go func() { // step "goroutine"
			b.publish(event{key: key})
		}()
	}
	for {
		e := <-b.events
		_ = e
	}
}
