// Package ok_tries_while_open tries again until it succeeds or is told to stop, and not for ever.
package ok_tries_while_open

import (
	"errors"
	"time"
)

var errGone = errors.New("gone")

type agent struct {
	done     chan struct{}
	stopped  func() bool
	register func(name string) error
}

func (a *agent) Start() {
	go a.whileOpen()
	go a.untilTold()
	go a.unlessGone()
	go a.aFewTimes()
}

func (a *agent) whileOpen() {
	for {
		if err := a.register("open"); err != nil && !a.stopped() {
			time.Sleep(time.Second)
			continue
		}
		return
	}
}

func (a *agent) untilTold() {
	for a.register("told") != nil {
		select {
		case <-a.done:
			return
		case <-time.After(time.Second):
		}
	}
}

func (a *agent) unlessGone() {
	for {
		err := a.register("gone")
		if err == nil || errors.Is(err, errGone) {
			return
		}
		time.Sleep(time.Second)
	}
}

func (a *agent) aFewTimes() {
	for tries := 0; tries < 3; tries++ {
		if a.register("thrice") == nil {
			return
		}
		time.Sleep(time.Second)
	}
}

func (a *agent) Stop() { close(a.done) }
