// Package ok_cond_lock guards a map by the lock of a condition variable, which Wait lets go of and takes again.
package ok_cond_lock

import "sync"

type mailbox struct {
	cond *sync.Cond
	mail map[string]int
}

func newMailbox() *mailbox {
	return &mailbox{cond: sync.NewCond(&sync.Mutex{}), mail: map[string]int{}}
}

func (m *mailbox) put(to string) {
	m.cond.L.Lock()
	m.mail[to]++
	m.cond.L.Unlock()
	m.cond.Broadcast()
}

func (m *mailbox) take(to string) {
	m.cond.L.Lock()
	defer m.cond.L.Unlock()
	for m.mail[to] == 0 {
		m.cond.Wait()
	}
	m.mail[to]--
}

func ok(names []string) {
	m := newMailbox()
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { m.put(name) })
		wg.Go(func() { m.take(name) })
	}
	wg.Wait()
}
