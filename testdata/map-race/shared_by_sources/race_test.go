package shared_by_sources

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		if _, err := run(); err != nil {
			t.Fatal(err)
		}
	}
}
