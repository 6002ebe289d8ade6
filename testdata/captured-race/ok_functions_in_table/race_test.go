package ok_functions_in_table

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		if all().first != 1 || each() != 3 {
			t.Fatal("lost")
		}
	}
}
