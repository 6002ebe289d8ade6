package ok_options

import "testing"

func TestRace(t *testing.T) {
	total(withLimit(3))
	total()
}
