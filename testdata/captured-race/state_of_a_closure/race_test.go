package state_of_a_closure

import (
	"runtime"
	"testing"
)

func TestRace(t *testing.T) {
	for range 20 {
		Measure([]func(){runtime.Gosched, runtime.Gosched, runtime.Gosched})
		Collect([]string{"a", "b", "c"})
	}
}
