package appended_to_shared

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run([]string{"a", "b", "c", "d"}, func([]string) {})
	}
}
