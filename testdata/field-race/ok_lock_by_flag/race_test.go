package ok_lock_by_flag

import "testing"

func TestRace(t *testing.T) { run(50) }
