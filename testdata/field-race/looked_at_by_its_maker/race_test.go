package looked_at_by_its_maker

import "testing"

func TestRace(t *testing.T) { start(100) }
