package ok_pointer_compared

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		s, out := serve([]string{"a", "b", "c"})
		for at := range 10 {
			s.Snapshot(int64(at))
		}
		for range out {
		}
	}
}
