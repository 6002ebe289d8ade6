package struct_copied

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		bad(options{tags: map[string]string{}}, []string{"a", "b", "c", "d", "e"})
	}
}
