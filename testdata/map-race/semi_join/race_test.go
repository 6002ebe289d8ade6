package semi_join_test

import (
	"testing"

	"govetpy.test/map-race/semi_join/gate"
)

func TestRace(t *testing.T) {
	for range 50 {
		if err := gate.Run(8); err != nil {
			t.Fatal(err)
		}
	}
}
