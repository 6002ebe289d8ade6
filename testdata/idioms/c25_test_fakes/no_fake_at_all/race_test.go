package no_fake_at_all

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
