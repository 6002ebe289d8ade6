package ok_behind_atomic

import "testing"

func TestRace(t *testing.T) { run(50) }
