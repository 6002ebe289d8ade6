// Package own_object_dropped has searches that make an object for themselves and drop it with the first good answer.
package own_object_dropped

import (
	"context"
	"errors"
	"time"
)

type search struct {
	hits  chan string
	asked int
}

func (s *search) ask(ctx context.Context, index func(context.Context) string) {
	s.asked++
	go s.lookUp(ctx, index)
}

func (s *search) lookUp(ctx context.Context, index func(context.Context) string) {
	s.hits <- index(ctx) // want "this send on s.hits may wait for ever: the receiver may stop before all values are received"
}

func (s *search) best(ctx context.Context, patience time.Duration, indices []func(context.Context) string) string {
	s.ask(ctx, indices[0])
	for got := 0; got < s.asked; {
		select {
		case hit := <-s.hits:
			got++
			if hit != "" {
				return hit // step "stops receiving while more may come"
			}
		case <-time.After(patience):
			if s.asked < len(indices) {
				s.ask(ctx, indices[s.asked])
			}
		}
	}
	return ""
}

func badFirst(ctx context.Context, indices []func(context.Context) string) string {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := &search{hits: make(chan string)}
	return s.best(ctx, time.Second, indices)
}

// okAll makes room for all answers.
func okAll(ctx context.Context, indices []func(context.Context) string) string {
	s := &roomy{hits: make(chan string, len(indices))}
	for _, index := range indices {
		go s.lookUp(ctx, index)
	}
	return s.best(len(indices))
}

type roomy struct{ hits chan string }

func (r *roomy) lookUp(ctx context.Context, index func(context.Context) string) { r.hits <- index(ctx) }

func (r *roomy) best(asked int) string {
	for range asked {
		if hit := <-r.hits; hit != "" {
			return hit
		}
	}
	return ""
}

type results[T any] struct{ values chan T }

type votes struct {
	results[bool]
	veto bool
}

func (v *votes) collect(voter func() bool) {
	v.values <- voter() // want "this send on v.values may wait for ever"
}

func (v *votes) all(voters int) bool {
	for range voters {
		if <-v.values == v.veto {
			return false
		}
	}
	return true
}

func badVeto(voters []func() bool) bool {
	var v votes
	v.values = make(chan bool)
	for _, voter := range voters {
		go func() { v.collect(voter) }()
	}
	return v.all(len(voters))
}

// okDrained reads on behind its back.
func okDrained(voters []func() bool) error {
	v := &drained{votes: make(chan bool)}
	for _, voter := range voters {
		go v.collect(voter)
	}
	defer func() { go v.drain() }()
	return v.first(len(voters))
}

type drained struct {
	votes chan bool
	left  int
}

func (d *drained) collect(voter func() bool) { d.votes <- voter() }

func (d *drained) first(voters int) error {
	for d.left = voters; d.left > 0; d.left-- {
		if <-d.votes {
			return nil
		}
	}
	return errors.New("nobody")
}

func (d *drained) drain() {
	for ; d.left > 1; d.left-- {
		<-d.votes
	}
}
