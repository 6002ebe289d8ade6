package ok_lock_lent_to_timer

import (
	"sync"
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	b := &block{}
	if restore(b, "absent") == nil {
		t.Fatal("restored what is absent")
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 10 {
				b.write([]byte("x"))
				time.Sleep(time.Millisecond)
			}
		})
	}
	wg.Wait()
	time.Sleep(5 * time.Millisecond)
}
