package ok_lock_lent

import "testing"

func TestRace(t *testing.T) {
	for range 20 {
		b := &block{stop: make(chan bool), ended: make(chan bool)}
		open(b)
		b.check()
		b.verify()
		b.Close()
	}
}
