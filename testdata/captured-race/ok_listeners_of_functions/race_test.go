package ok_listeners_of_functions

import "testing"

func TestRace(t *testing.T) { newest([]string{"a", "b", "c"}) }
