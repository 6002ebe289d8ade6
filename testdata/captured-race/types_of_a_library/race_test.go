package types_of_a_library

import (
	"testing"

	"govetpy.test/captured-race/types_of_a_library/source"
)

func TestRace(t *testing.T) {
	for range 50 {
		Count(&source.Scatter{Parts: [][]string{{"a", "b"}, {"c"}, {"d", "e"}}})
	}
}
