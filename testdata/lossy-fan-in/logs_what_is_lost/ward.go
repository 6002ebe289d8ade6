// Package logs_what_is_lost drops what finds no room, which the log knows and nobody else.
package logs_what_is_lost

import (
	"log"
	"log/slog"
)

type pulse struct {
	patient string
	rate    int
}

type logger interface {
	Warnf(format string, args ...any)
}

type ward struct {
	pulses  chan pulse
	alarms  chan pulse
	visits  chan pulse
	printer logger
	shown   map[string]int
}

func open(printer logger) *ward {
	return &ward{
		pulses: make(chan pulse, 4), // step "capacity 4"
		alarms: make(chan pulse, 4),
		visits: make(chan pulse, 4),

		printer: printer, shown: map[string]int{},
	}
}

func (w *ward) measured(patient string, rate int) {
	select {
	case w.pulses <- pulse{patient, rate}: // want "many goroutines send on w.pulses, which holds 4"
	default:
		log.Printf("ward is busy: %d patients, nothing of %s", len(w.shown), patient)
	}
}

func (w *ward) alarmed(patient string) bool {
	select {
	case w.alarms <- pulse{patient: patient}: // want "many goroutines send on w.alarms, which holds 4"
		return true
	default:
		slog.Warn("alarm lost", "patient", patient)
		return false
	}
}

func (w *ward) visited(patient string) {
	select {
	case w.visits <- pulse{patient: patient}: // want "many goroutines send on w.visits, which holds 4"
	default:
		w.printer.Warnf("nobody notes the visit of %s", patient)
		return
	}
}

func (w *ward) watch(patients []string) {
	for _, patient := range patients {
		go func() {
			w.measured(patient, 60)
			w.alarmed(patient)
			w.visited(patient)
		}()
	}
	for {
		select {
		case p := <-w.pulses:
			w.shown[p.patient] = p.rate
		case p := <-w.alarms:
			delete(w.shown, p.patient)
		case p := <-w.visits:
			w.shown[p.patient]++
		}
	}
}
