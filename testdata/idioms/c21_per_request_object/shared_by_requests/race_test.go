package shared_by_requests

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
