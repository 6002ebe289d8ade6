// Package closed_before_wait closes what its readers send on, and waits for them afterwards.
package closed_before_wait

import (
	"sync"
)

type merger struct {
	lines chan string
	quit  chan struct{}
	alive sync.WaitGroup
}

func newMerger() *merger {
	return &merger{lines: make(chan string), quit: make(chan struct{})}
}

func (m *merger) read(next func() string) {
	m.alive.Add(1)
	go func() { // step "the sender is started"
		defer m.alive.Done()
		for m.pass(next()) {
		}
	}()
}

func (m *merger) pass(line string) bool {
	select {
	case m.lines <- line: // step "a send on a closed channel panics"
		return true
	case <-m.quit:
		return false
	}
}

func (m *merger) end() {
	close(m.quit)
	close(m.lines) // want "m.lines may be closed while another goroutine still sends on it"
	m.alive.Wait()
}

func (m *merger) all() (lines []string) {
	for line := range m.lines {
		lines = append(lines, line)
	}
	return lines
}
