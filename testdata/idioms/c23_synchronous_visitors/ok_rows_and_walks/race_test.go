package ok_rows_and_walks

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
