package ok_channel_as_lock

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok([]string{"a", "b", "c", "a"})
	}
}
