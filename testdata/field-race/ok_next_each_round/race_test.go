package ok_next_each_round

import "testing"

func TestRace(t *testing.T) {
	c := &collector{in: make(chan int), flush: make(chan chan *batch), stop: make(chan struct{})}
	go c.run()
	defer close(c.stop)
	for round := range 50 {
		c.in <- round
		c.in <- 1
		if total, err := c.total(); err != nil || total != round+1 {
			t.Fatal(round, total, err)
		}
	}
}
