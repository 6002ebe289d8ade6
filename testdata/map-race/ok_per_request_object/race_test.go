package ok_per_request_object

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	mux := http.NewServeMux()
	register(mux)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/query?a", nil))
			}
		})
	}
	wg.Wait()
}
