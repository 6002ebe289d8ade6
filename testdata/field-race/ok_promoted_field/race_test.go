package ok_promoted_field

import "testing"

func TestRace(t *testing.T) {
	watch(1000)
	m := &meter{}
	done := make(chan bool)
	go func() {
		for range 1000 {
			counting{m}.read(1)
			m.stop()
		}
		close(done)
	}()
	for range 1000 {
		m.status()
		m.isClosed()
	}
	<-done
	final(1)
}
