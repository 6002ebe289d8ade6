package ok_another_implementer

import "testing"

func TestRace(t *testing.T) {
	for range 20 {
		done := make(chan bool)
		for kind := range 3 {
			newLazy(kind, done).start("ready")
		}
		<-done
	}
}
