package ok_put_and_used

import "testing"

func TestRace(t *testing.T) { run(300) }
