package ok_callers_hold_it

import "testing"

func TestRace(t *testing.T) {
	names := []string{}
	for i := range 200 {
		names = append(names, string(rune('a'+i%26)))
	}
	run(names)
}
