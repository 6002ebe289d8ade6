package ok_made_first

import "testing"

func TestRace(t *testing.T) { run(50) }
