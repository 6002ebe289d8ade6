package shared_random

import "testing"

func TestRace(t *testing.T) {
	for range 100 {
		newPicker([]string{"a", "b"}).pickAtOnce(8)
	}
}
