package ok_awaited_on_all_exits

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
