package replaced_beside_way

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	for range 10 {
		c := &conn{backend: &backend{nodes: map[string]int{}}}
		done := make(chan struct{})
		c.watch(done)
		close(done)
		time.Sleep(time.Millisecond) // in the other order there is nothing to lock
		c.close()
	}
}
