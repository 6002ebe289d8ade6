package spawner_goes_on

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		bad()
	}
}
