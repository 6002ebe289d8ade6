package copied_lock

import "testing"

func TestRace(t *testing.T) { count(100) }
