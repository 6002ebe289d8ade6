package ok_element_each

import "testing"

func TestRace(t *testing.T) {
	in := []int{1, 2, 3, 4, 5, 6, 7, 8, 9}
	for range 50 {
		squares(in)
		strides(in, 4)
		chunks(in, 2)
	}
}
