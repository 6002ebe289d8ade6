// Package received_when_closed learns that a channel is closed, and receives from it again.
package received_when_closed

import "log"

type Relay struct {
	jobs chan string
	quit chan struct{}
}

func (r *Relay) breaks(results <-chan int, handle func(int)) {
	for { // step "the loop begins"
		select {
		case <-r.quit:
			return
		case v, ok := <-results: // want "when results is closed the loop comes back to receive from it again: it spins"
			if !ok { // step "told that it is closed"
				break
			}
			handle(v)
		}
	}
}

func (r *Relay) logs(handle func(string)) {
	for {
		select {
		case job, ok := <-r.jobs: // want "when r.jobs is closed the loop comes back"
			switch {
			case !ok:
				log.Print("no more jobs")
			default:
				handle(job)
			}
		case <-r.quit:
			return
		}
	}
}

func onlyIfThere(values <-chan int, handle func(int)) {
	var v int
	var ok bool
	for {
		v, ok = <-values // want "when values is closed the loop comes back"
		if ok {
			handle(v)
		}
	}
}
