package package_map_in_handlers

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
	for _, path := range []string{"/a", "/b", "/show", "/c"} {
		wg.Go(func() {
			for range 100 {
				mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
			}
		})
	}
	wg.Wait()
}
