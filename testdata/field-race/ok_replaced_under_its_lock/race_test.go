package ok_replaced_under_its_lock

import (
	"runtime"
	"testing"
)

func TestRace(t *testing.T) {
	for range 100 {
		c := &conn{backend: &backend{nodes: map[string]int{}}}
		done := make(chan struct{})
		c.watch(done)
		c.watch(done)
		close(done)
		for !c.close() {
			runtime.Gosched()
		}
	}
}
