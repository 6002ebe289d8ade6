package let_out_of_its_lock

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	r := open()
	r.join("red", "ann")
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 2000 {
			r.join("red", "ann")
		}
	})
	for range 200 {
		r.publish()
		count(r.views)
	}
	wg.Wait()
}
