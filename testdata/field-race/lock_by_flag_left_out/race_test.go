package lock_by_flag_left_out

import "testing"

func TestRace(t *testing.T) { run(50) }
