// Package behind_atomic sets fields of objects that an atomic pointer makes known to all.
package behind_atomic

import "sync/atomic"

type state struct {
	epoch  int
	leader string
}

type node struct {
	current atomic.Pointer[state]
}

func (n *node) state() *state { return n.current.Load() }

func (n *node) promote(leader string) {
	now := n.state()
	now.leader = leader // want "field now.leader is written"
	now.epoch++         // want "field now.epoch is"
}

var shared atomic.Value // *state

func demote() {
	if known, ok := shared.Load().(*state); ok {
		known.epoch = 0 // want "field known.epoch is written"
	}
}

func run(each int) {
	n := &node{}
	n.current.Store(&state{})
	shared.Store(&state{epoch: 1})
	done := make(chan struct{})
	for range each {
		go func() {
			n.promote("a")
			demote()
			done <- struct{}{}
		}()
	}
	for range each {
		<-done
	}
}
