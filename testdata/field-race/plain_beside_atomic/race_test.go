package plain_beside_atomic

import "testing"

func TestRace(t *testing.T) {
	m := reset()
	done := make(chan bool)
	go func() {
		for range 1000 {
			m.done(false)
			m.advance()
			m.turn()
			m.pick([]string{"a", "b"})
			m.show([]string{"a", "b"})
		}
		close(done)
	}()
	for range 1000 {
		m.drain()
		m.advance()
		m.turn()
		m.pick([]string{"a", "b"})
		m.show([]string{"a", "b"})
		m.spread([]int64{1, 2})
	}
	<-done
	m.setPeak()
	if sum([]int64{1, 2}) != 3 {
		t.Error("sum")
	}
}
