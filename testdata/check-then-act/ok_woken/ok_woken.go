// Package ok_woken looks again behind every wait, or need not.
package ok_woken

import "sync"

type Depot struct {
	mu     sync.Mutex
	more   *sync.Cond
	leases []int
	closed bool
}

func New() *Depot {
	d := &Depot{}
	d.more = sync.NewCond(&d.mu)
	return d
}

func (d *Depot) Put(lease int) {
	d.mu.Lock()
	d.leases = append(d.leases, lease)
	d.mu.Unlock()
	d.more.Broadcast()
}

func (d *Depot) Close() {
	d.mu.Lock()
	d.closed = true
	d.mu.Unlock()
	d.more.Broadcast()
}

// Take has a loop.
func (d *Depot) Take() (int, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for !d.closed && len(d.leases) == 0 {
		d.more.Wait()
	}
	if d.closed {
		return 0, false
	}
	lease := d.leases[0]
	d.leases = d.leases[1:]
	return lease, true
}

// Poll has a loop around all of it.
func (d *Depot) Poll(use func(int)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for !d.closed {
		if len(d.leases) == 0 {
			d.more.Wait()
			continue
		}
		lease := d.leases[0]
		d.leases = d.leases[1:]
		use(lease)
	}
}

// TryTake waits once and looks again.
func (d *Depot) TryTake() (int, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.leases) == 0 {
		d.more.Wait()
	}
	if len(d.leases) == 0 {
		return 0, false
	}
	lease := d.leases[0]
	d.leases = d.leases[1:]
	return lease, true
}

// Mailbox has one goroutine that reads it, and whoever wakes it has put something in.
type Mailbox struct {
	mu     sync.Mutex
	filled *sync.Cond
	mail   []string
}

func Open(use func(string)) *Mailbox {
	m := &Mailbox{}
	m.filled = sync.NewCond(&m.mu)
	go m.read(use)
	return m
}

func (m *Mailbox) read(use func(string)) {
	for {
		m.mu.Lock()
		if len(m.mail) == 0 {
			m.filled.Wait()
		}
		next := m.mail[0]
		m.mail = m.mail[1:]
		m.mu.Unlock()
		use(next)
	}
}

func (m *Mailbox) Send(text string) {
	m.mu.Lock()
	m.mail = append(m.mail, text)
	m.filled.Signal()
	m.mu.Unlock()
}
