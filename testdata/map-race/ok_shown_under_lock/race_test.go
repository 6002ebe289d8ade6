package board

import "testing"

func TestRace(t *testing.T) { serve(500) }
