package ok_visitor

import "testing"

func TestRace(t *testing.T) {
	root := &tree{name: "a", kids: []*tree{{name: "b"}, {name: "cc"}}}
	for range 50 {
		ok(root)
	}
}
