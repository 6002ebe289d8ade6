package functions_in_slice

import "testing"

func ask(name string) (int, error) { return len(name), nil }

func TestRace(t *testing.T) {
	for range 50 {
		if _, err := sizes([]string{"a", "b", "c", "d"}, ask); err != nil {
			t.Fatal(err)
		}
		if _, err := ends(ask); err != nil {
			t.Fatal(err)
		}
	}
}
