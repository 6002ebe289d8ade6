package promoted_field

import "testing"

func TestRace(t *testing.T) {
	watch(1000)
	s := &service{}
	done := make(chan bool)
	go func() {
		for range 1000 {
			s.enter()
			counting{&s.meter}.read(1)
		}
		close(done)
	}()
	for range 1000 {
		s.status()
	}
	<-done
}
