package every_plugin

import "testing"

func TestRace(t *testing.T) {
	f := make_()
	for range 50 {
		schedule(f, []string{"a", "b", "c", "d"})
	}
}
