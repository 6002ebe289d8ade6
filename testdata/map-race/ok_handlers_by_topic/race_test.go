package ok_handlers_by_topic

import "testing"

func TestRace(t *testing.T) {
	for range 20 {
		if got := count([]string{"a", "b", "c", "d"}); len(got) != 4 {
			t.Error(got)
		}
	}
}
