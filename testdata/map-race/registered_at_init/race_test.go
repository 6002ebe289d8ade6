package registered_at_init

import (
	"net/http/httptest"
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() { mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/a", nil)) })
	}
	wg.Wait()
}
