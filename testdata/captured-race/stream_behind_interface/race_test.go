package stream_behind_interface

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		v := &viewer{opened([]string{"a", "b", "c", "d"})}
		if _, err := v.show(func(string) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if _, err := v.showInTurn(func(string) error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
}
