package ok_map_of_each_own

import "testing"

func TestRace(t *testing.T) {
	items := []*item{{tags: map[string]bool{}}, {tags: map[string]bool{}}, {tags: map[string]bool{}}}
	for range 50 {
		mark(items, []string{"a", "b", "c", "d"})
	}
}
