// Package ok_slots_filled has a channel that is full of slots from the start: who sends gives one back.
package ok_slots_filled

import "errors"

type Semaphore struct {
	slots chan struct{}
}

func New(n int) *Semaphore {
	sem := &Semaphore{slots: make(chan struct{}, n)}
	for i := 0; i < n; i++ {
		sem.slots <- struct{}{}
	}
	return sem
}

func (sem *Semaphore) Acquire() {
	<-sem.slots
}

func (sem *Semaphore) Release() {
	sem.slots <- struct{}{}
}

type dialer struct {
	sem *Semaphore
}

func dial(addr string) (string, error) {
	if addr == "" {
		return "", errors.New("no address")
	}
	return addr, nil
}

func (d *dialer) Dial(addr string) (string, error) {
	d.sem.Acquire()
	return d.newDial(addr)
}

func (d *dialer) evict(addr string) {
	d.sem.Acquire()
	if addr == "" {
		d.sem.Release()
	}
}

func (d *dialer) newDial(addr string) (string, error) {
	c, err := dial(addr)
	if err != nil {
		d.sem.Release()
		return "", err
	}
	if c == "old" {
		d.sem.Acquire()
		return "", errors.New("old")
	}
	return c, nil
}

func (d *dialer) swap(addr string) error {
	d.sem.Release()
	defer d.sem.Acquire()
	_, err := dial(addr)
	return err
}
