package table_of_a_package

import "testing"

func TestRace(t *testing.T) {
	for range 100 {
		readers([]string{"a", "b", "c"})
		writers([]string{"a", "b", "c"})
	}
}
