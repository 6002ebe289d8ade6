package guard_left_out

import "testing"

func TestRace(t *testing.T) {
	stop := make(chan bool)
	go export(stop)
	for range 5000 {
		exported.add("q")
	}
	exported.reset()
	close(stop)
}
