// Package callbacks_copied_out runs callbacks on a goroutine of its own, from a copy of the list that they are kept in.
package callbacks_copied_out

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

// pulse runs what was added for each beat.
type pulse struct {
	mu    sync.Mutex
	calls []func()
	named map[string]entry
	beats chan struct{}
	ended sync.WaitGroup
}

type entry struct{ call func() }

func newPulse() *pulse {
	p := &pulse{beats: make(chan struct{}), named: make(map[string]entry)}
	p.ended.Add(1)
	go func() {
		defer p.ended.Done()
		for range p.beats {
			p.run()
		}
	}()
	return p
}

func (p *pulse) add(call func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls = append(p.calls, call)
}

func (p *pulse) addNamed(name string, call func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.named[name] = entry{call}
}

func (p *pulse) copied() []func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]func(){}, p.calls...)
}

func (p *pulse) run() {
	for _, call := range p.copied() {
		call()
	}
	p.mu.Lock()
	entries := slices.Collect(maps.Values(p.named))
	p.mu.Unlock()
	for _, one := range entries {
		one.call()
	}
}

type meter struct {
	seen    int64
	dropped int
	sent    atomic.Int64
}

func (m *meter) see() { atomic.AddInt64(&m.seen, 1) }

func (m *meter) reset() { m.seen = 0 } // want "field m.seen is written while another goroutine may write it"

func (m *meter) drop() { m.dropped++ }

func (m *meter) forget() { m.dropped = 0 } // want "field m.dropped is written"

func (m *meter) resetSent() { m.sent.Store(0) }

func measure(rounds int) int64 {
	m := &meter{}
	p := newPulse()
	p.add(m.reset)
	p.add(m.resetSent)
	p.addNamed("forget", m.forget)
	for range rounds {
		p.beats <- struct{}{}
		m.see()
		m.drop()
		m.sent.Add(1)
	}
	close(p.beats)
	p.ended.Wait()
	return m.sent.Load()
}

// total is counted by its callback alone, and read when that is over.
type total struct{ rounds int }

func (t *total) count() { t.rounds++ }

func counted(rounds int) int {
	t := &total{}
	p := newPulse()
	p.add(t.count)
	for range rounds {
		p.beats <- struct{}{}
	}
	close(p.beats)
	p.ended.Wait()
	return t.rounds
}
