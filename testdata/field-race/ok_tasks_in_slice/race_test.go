package ok_tasks_in_slice

import "testing"

func TestRace(t *testing.T) { serve(200) }
