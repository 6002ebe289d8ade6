package behind_atomic

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	mux := http.NewServeMux()
	serve(mux)
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/limit?"+strconv.Itoa(i), nil))
			mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/route?"+strconv.Itoa(i), nil))
		})
	}
	wg.Wait()
}
