package ok_object_handed_out

import "testing"

func TestRace(t *testing.T) {
	shared := &list{prices: map[string]*price{}, stocks: map[string]*stock{"a": {}}}
	done := make(chan bool)
	shared.set("a", 1)
	go func() {
		for range 100 {
			worth(shared, "a")
		}
		close(done)
	}()
	for range 100 {
		shared.add("a")
	}
	<-done
}

func TestQueue(t *testing.T) {
	shared := &shop{orders: map[string]*order{}, queue: make(chan *order)}
	go shared.till()
	go shared.isPaid("a")
	shared.buy("a")
	close(shared.queue)
}
