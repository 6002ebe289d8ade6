package one_record_for_all

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
