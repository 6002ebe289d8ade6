package handlers_by_topic

import (
	"sync"
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	one := &tally{seen: map[string]int{}}
	h := &hub{handlers: map[string]handler{"a": one}, in: make(chan message)}
	var wg sync.WaitGroup
	wg.Go(func() { h.run(4) })
	for range 200 {
		h.in <- message{"a", "x"}
		h.in <- message{"a", "y"}
		time.Sleep(time.Microsecond)
	}
	close(h.in)
	wg.Wait()
	count([]string{"a", "b", "c"})
}
