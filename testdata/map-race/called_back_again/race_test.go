package called_back_again

import "testing"

func TestRace(t *testing.T) { serve(100) }
