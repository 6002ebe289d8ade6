package ok_each_of_a_copy

import "testing"

func TestRace(t *testing.T) { serve(100) }
