package ok_stream_behind_interface

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		for _, from := range sources {
			if balance(from) != 0 {
				t.Fatal("no balance")
			}
		}
	}
}
