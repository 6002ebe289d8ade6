package ok_registry_at_init

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok([]string{"len", "zero", "none", "len"})
	}
}
