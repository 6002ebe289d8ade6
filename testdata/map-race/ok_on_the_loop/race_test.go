package ok_on_the_loop

import "testing"

func TestRace(t *testing.T) { serve(1000, 1000) }
