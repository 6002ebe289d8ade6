package functions_in_table

import "testing"

func TestRace(t *testing.T) {
	for range 100 {
		answer("ping", []string{"a", "b", "c", "d"})
		answerInTurn("ping", []string{"a", "b", "c", "d"})
	}
}
