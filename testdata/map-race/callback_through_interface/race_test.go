package callback_through_interface

import "testing"

func TestRace(t *testing.T) {
	c := &cursor{wrap: true}
	badJoin(c, newSource(1))
	for range 50 {
		badJoin(c, newSource(6))
	}
}
