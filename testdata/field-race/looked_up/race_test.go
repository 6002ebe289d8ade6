package looked_up

import "testing"

func TestRace(t *testing.T) { serve(200) }
