package ok_stream_under_local_lock

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		if n, err := run(8); n != 8 || err != nil {
			t.Fatal(n, err)
		}
	}
}
