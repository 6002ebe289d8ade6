package ok_handed_over_locked

import "testing"

func TestRace(t *testing.T) { run(50) }
