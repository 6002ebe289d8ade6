package slice_handed_out

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	shared := &hub{}
	names := []string{"a", "b", "c", "d"}
	for _, name := range names {
		shared.add(name, func(string) { time.Sleep(time.Microsecond) })
	}
	done := make(chan bool)
	go func() {
		for range 300 {
			shared.tell("x")
		}
		close(done)
	}()
	for i := range 300 {
		shared.remove(names[i%4])
		time.Sleep(time.Microsecond)
		shared.add(names[i%4], func(string) { time.Sleep(time.Microsecond) })
	}
	<-done
}
