package observers_of_workers

import "testing"

func TestRace(t *testing.T) { serve(1000) }
