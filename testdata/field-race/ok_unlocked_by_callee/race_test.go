package ok_unlocked_by_callee

import "testing"

func TestRace(t *testing.T) { run(50) }
