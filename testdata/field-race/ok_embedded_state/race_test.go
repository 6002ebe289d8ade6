package ok_embedded_state

import (
	"runtime"
	"testing"
)

func TestRace(t *testing.T) {
	c := start(10000)
	for range 1000 {
		c.current()
		runtime.Gosched()
	}
}
