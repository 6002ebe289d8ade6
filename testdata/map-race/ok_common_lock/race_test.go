package ok_common_lock

import "testing"

func TestRace(t *testing.T) {
	keys := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	for range 100 {
		okMethod(keys)
		okClosure(keys)
	}
}
