// Package ok_printed_with_lock prints what others write with their lock held, by a method that takes it, or not at all.
package ok_printed_with_lock

import (
	"fmt"
	"io"
	"sync"
)

type State struct{ stage string }

type Progress struct {
	mu  sync.Mutex
	now *State
}

func (p *Progress) advance(stage string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now.stage = stage
}

type Gauge struct {
	mu    sync.Mutex
	value int
}

func (g *Gauge) add() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.value++
}

func (g *Gauge) String() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return fmt.Sprint(g.value)
}

func report(w io.Writer, stages []string) {
	progress, gauge := &Progress{now: &State{}}, &Gauge{}
	done := make(chan bool)
	go func() {
		for _, stage := range stages {
			progress.advance(stage)
			gauge.add()
		}
		done <- true
	}()
	progress.mu.Lock()
	fmt.Fprintf(w, "now at %v\n", progress.now)
	progress.mu.Unlock()
	fmt.Fprintf(w, "%p: %v\n", progress.now, gauge)
	<-done
	fmt.Fprintf(w, "ended at %v\n", progress.now)
}
