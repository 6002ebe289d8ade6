// case: min-confidence=medium

// Package ok_another_implementer has kinds of balancers with fields of one name; only one of them starts a goroutine.
package ok_another_implementer

type balancer interface {
	update(key string)
	fail() int
}

type remote struct {
	states map[string]int
	done   chan bool
}

func (r *remote) update(key string) {
	go func() {
		r.states[key]++
		r.done <- true
	}()
}

func (r *remote) fail() int { return 0 }

type base struct {
	states map[string]int
}

func (b *base) update(key string) { b.states[key]++ }

func (b *base) fail() int { return b.states["failed"] }

type none struct{}

func (n none) update(string) {}

func (n none) fail() int { return 0 }

type lazy struct {
	delegate balancer
}

func newLazy(kind int, done chan bool) *lazy {
	var b balancer
	switch kind {
	case 0:
		b = &remote{states: map[string]int{}, done: done}
	case 1:
		b = &base{states: map[string]int{}}
	default:
		b = none{}
	}
	return &lazy{delegate: b}
}

func (l *lazy) start(key string) int {
	l.delegate.update(key)
	return l.delegate.fail()
}
