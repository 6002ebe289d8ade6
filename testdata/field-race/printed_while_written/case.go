// Package printed_while_written prints and serialises what others still write: reflection reads all fields.
package printed_while_written

import (
	"encoding/json"
	"fmt"
	"io"
	"sync"
)

type Progress struct {
	mu    sync.Mutex
	stage string
	rows  int
}

func (p *Progress) advance(stage string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stage = stage
	p.rows++
}

func report(w io.Writer, stages []string) {
	progress := &Progress{}
	done := make(chan bool)
	go func() {
		for _, stage := range stages {
			progress.advance(stage)
		}
		done <- true
	}()
	fmt.Fprintf(w, "now at %v\n", progress) // want "field progress.stage is read while another goroutine may write it.*; so is another field of it here"
	<-done
}

type Status struct {
	State string
}

func page(states []string) ([]byte, error) {
	status := &Status{}
	done := make(chan bool)
	go func() {
		for _, state := range states {
			status.State = state // want "field status.State is written while another goroutine may read it"
		}
		done <- true
	}()
	text, err := json.Marshal(status)
	<-done
	return text, err
}
