package ok_configured_by_request

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	d := serve()
	if _, err := d.SetConfig("bridge"); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if n, err := d.Attach("a"); n != 1 || err != nil {
				t.Error(n, err)
			}
		})
	}
	wg.Wait()
}
