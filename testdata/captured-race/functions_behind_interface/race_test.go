package functions_behind_interface

import "testing"

func TestRace(t *testing.T) {
	for i := range 50 {
		c := newChecker(i == 0)
		if _, err := c.check([]string{"a", "b", "c"}, func(string) (bool, error) { return false, nil }); err != nil {
			t.Fatal(err)
		}
	}
}
