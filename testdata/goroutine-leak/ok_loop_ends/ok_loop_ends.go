// Package ok_loop_ends leaves the range over the ticker from inside.
package ok_loop_ends

import "time"

type retry struct{ tick *time.Ticker }

func (r *retry) start(try func() bool) {
	r.tick = time.NewTicker(time.Second)
	go func() {
		for range r.tick.C {
			if try() {
				return
			}
		}
	}()
}

func (r *retry) Stop() { r.tick.Stop() }
