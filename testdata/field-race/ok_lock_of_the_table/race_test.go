package ok_lock_of_the_table

import "testing"

func TestRace(t *testing.T) { run() }
