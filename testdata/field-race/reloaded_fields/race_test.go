package reloaded_fields

import "testing"

func TestRace(t *testing.T) {
	serve(&config{})
}

func TestBoth(t *testing.T) {
	for range 100 {
		both()
	}
}
