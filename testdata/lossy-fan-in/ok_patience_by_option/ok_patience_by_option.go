// Package ok_patience_by_option tells of changes, to a reader for whom it has so much patience as its options say.
package ok_patience_by_option

import "time"

type change struct{ cell, path string }

type config struct{ patience time.Duration }

type hub struct {
	config config
	out    chan change
}

func newHub() *hub {
	return &hub{config: config{patience: time.Minute}, out: make(chan change, 4)}
}

func (h *hub) emit(c change) {
	timer := time.NewTimer(h.config.patience)
	defer timer.Stop()
	select {
	case h.out <- c:
	case <-timer.C:
	}
}

func run(cells map[string]chan string, nodes map[string]string) {
	h := newHub()
	for cell, paths := range cells {
		go func() {
			for path := range paths {
				h.emit(change{cell, path})
			}
		}()
	}
	for c := range h.out {
		nodes[c.cell] = c.path
	}
}
