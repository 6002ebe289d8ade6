package lock_of_another_object

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		bad([]*item{{name: "a"}, {name: "b"}, {name: "c"}, {name: "d"}, {name: "e"}})
	}
}
