// Package tries_until_success registers itself in the background, and does not hear that it is stopped.
package tries_until_success

import (
	"errors"
	"time"
)

type agent struct {
	name     string
	stopped  bool
	register func(name string) error
	lookup   func(name string) (int, error)
	port     int
}

func (a *agent) Start() {
	go a.announce(time.Second) // want "tries again until it succeeds, although there is agent.Stop"
	go a.find()                // want "tries again until it succeeds"
	go func() {                // want "tries again until it succeeds"
		for err := errors.New("not yet"); err != nil; err = a.register("backup") {
			<-time.After(time.Second)
		}
	}()
}

func (a *agent) announce(pause time.Duration) {
	first := true
	for {
		err := a.register(a.name)
		if err == nil {
			return
		}
		if first {
			println("will try again:", err.Error())
		}
		first = false
		time.Sleep(pause) // step "asks nobody whether to go on"
	}
}

func (a *agent) find() {
	a.port = a.await()
	println("found", a.port)
}

func (a *agent) await() int {
	for {
		port, err := a.lookup(a.name)
		if err != nil || port == 0 {
			time.Sleep(time.Second)
			continue
		}
		return port
	}
}

func (a *agent) Stop() { a.stopped = true }
