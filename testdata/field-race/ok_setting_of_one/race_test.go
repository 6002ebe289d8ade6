package ok_setting_of_one

import "testing"

func TestNoRace(t *testing.T) {
	load()
	for range 50 {
		claimAll("test")
	}
}
