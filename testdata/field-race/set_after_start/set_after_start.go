// Package set_after_start sets a field after the goroutine that reads it was started.
package set_after_start

type loop struct {
	limit int
	stop  chan bool
}

func (l *loop) run() {
	for {
		select {
		case <-l.stop:
			return
		default:
			l.limit-- // want "field l.limit is written while another goroutine may"
			if l.limit < 0 {
				return
			}
		}
	}
}

func bad() *loop {
	l := &loop{stop: make(chan bool)}
	go l.run()
	l.limit = 100 // step "writes l.limit"
	return l
}
