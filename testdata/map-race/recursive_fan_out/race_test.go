package recursive_fan_out

import "testing"

func TestRace(t *testing.T) {
	kids := []*node{{name: "a"}, {name: "b"}, {name: "c"}, {name: "d"}, {name: "e"}}
	for range 50 {
		bad(&node{name: "root", kids: kids})
	}
}
