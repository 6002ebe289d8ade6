package ok_package_random

import (
	"net/http/httptest"
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	mux := newMux()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
			}
		})
	}
	wg.Wait()
}
