package ok_equipped_first

import "testing"

func TestRace(t *testing.T) {
	for range 20 {
		p := &plugin{out: make(chan int), stop: make(chan bool), ended: make(chan bool)}
		load(p, func() int { return 1 })
		<-p.out
		p.Close()
	}
}
