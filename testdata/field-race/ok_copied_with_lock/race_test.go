package ok_copied_with_lock

import "testing"

func TestNoRace(t *testing.T) {
	for range 50 {
		serve(limits{rows: 1})
		name(&limits{})
		if _, err := watch([]byte("{}")); err != nil {
			t.Fatal(err)
		}
	}
}
