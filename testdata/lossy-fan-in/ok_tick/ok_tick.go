// Package ok_tick drops ticks that nobody waits for (idiom B7).
package ok_tick

import "time"

type ticker struct{ c chan time.Time }

func (t *ticker) fire(now time.Time) {
	select {
	case t.c <- now:
	default:
	}
}

func run(names []string, work func()) {
	t := &ticker{c: make(chan time.Time, 1)}
	for range names {
		go func() {
			for now := range time.Tick(time.Second) {
				t.fire(now)
			}
		}()
	}
	for range t.c {
		work()
	}
}
