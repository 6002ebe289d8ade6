package plain_beside_atomic

import "testing"

func TestRace(t *testing.T) {
	m := reset()
	done := make(chan bool)
	go func() {
		for range 1000 {
			m.done(false)
		}
		close(done)
	}()
	for range 1000 {
		m.drain()
	}
	m.setPeak()
	<-done
}
