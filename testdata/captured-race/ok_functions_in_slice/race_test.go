package ok_functions_in_slice

import "testing"

func ask(name string) (int, error) { return len(name), nil }

func TestNoRace(t *testing.T) {
	names := []string{"a", "b", "c"}
	for range 50 {
		if _, err := ends(ask); err != nil {
			t.Fatal(err)
		}
		if got := len(sizes(names, ask)) - inOrder(names, ask); got != 0 {
			t.Fatal(got)
		}
	}
}
