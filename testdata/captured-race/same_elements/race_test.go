package same_elements

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		rank([]string{"a", "bb", "ccc"})
		first(4)
	}
}
