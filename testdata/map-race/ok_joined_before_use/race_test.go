package ok_joined_before_use

import "testing"

func TestRace(t *testing.T) {
	keys := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	for range 100 {
		okWaitGroup(keys)
		okChannel(keys)
		okOwnMap(keys)
	}
}
