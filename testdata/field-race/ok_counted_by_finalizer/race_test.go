package ok_counted_by_finalizer

import (
	"runtime"
	"testing"
)

func TestRace(t *testing.T) {
	b := &buffers{}
	for range 200 {
		for range 10 {
			b.get(64)
		}
		runtime.GC()
	}
}
