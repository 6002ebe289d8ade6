// Package ok_tries_again comes back with what finds no room, or counts it.
package ok_tries_again

import (
	"log"
	"sync/atomic"
	"time"
)

type pulse struct {
	patient string
	rate    int
}

type ward struct {
	pulses chan pulse
	alarms chan pulse
	lost   atomic.Int64
	shown  map[string]int
}

func open() *ward {
	return &ward{pulses: make(chan pulse, 4), alarms: make(chan pulse, 4), shown: map[string]int{}}
}

func (w *ward) measured(one pulse) {
	for {
		select {
		case w.pulses <- one:
			return
		default:
			log.Printf("ward is busy: %s waits", one.patient)
			time.Sleep(time.Millisecond)
		}
	}
}

func (w *ward) alarmed(patient string) {
	select {
	case w.alarms <- pulse{patient: patient}:
	default:
		log.Printf("alarm of %s is lost, %d by now", patient, w.lost.Add(1))
	}
}

func (w *ward) watch(patients []string) {
	for _, patient := range patients {
		go func() {
			w.measured(pulse{patient, 60})
			w.alarmed(patient)
		}()
	}
	for {
		select {
		case p := <-w.pulses:
			w.shown[p.patient] = p.rate
		case p := <-w.alarms:
			delete(w.shown, p.patient)
		}
	}
}

type nurses struct {
	idle chan pulse
	seen func(pulse)
}

func hire(seen func(pulse)) *nurses { return &nurses{idle: make(chan pulse, 2), seen: seen} }

func (n *nurses) look(one pulse) {
	select {
	case n.idle <- one:
		return
	default:
	}
	n.seen(one)
}

func (n *nurses) work(patients []string) {
	for _, patient := range patients {
		go n.look(pulse{patient: patient})
	}
	for one := range n.idle {
		n.seen(one)
	}
}
