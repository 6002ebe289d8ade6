package ok_resolver_visits

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run([]string{"a", "b", "c"})
	}
}
