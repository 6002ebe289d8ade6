package summary_behind_interface

import "testing"

func TestRace(t *testing.T) { watch(1000) }
