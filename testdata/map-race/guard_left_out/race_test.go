package guard_left_out

import "testing"

func TestRace(t *testing.T) {
	done := make(chan int)
	go func() { done <- exported.total() }()
	exported.add("q")
	<-done
	stop := make(chan bool)
	go export(stop)
	exported.reset()
	close(stop)
}
