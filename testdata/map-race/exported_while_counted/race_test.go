package exported_while_counted

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	mux := http.NewServeMux()
	newEngine().serve(mux)
	var wg sync.WaitGroup
	for _, path := range []string{"/query?a", "/debug", "/query?b", "/debug"} {
		wg.Go(func() {
			for range 100 {
				mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
			}
		})
	}
	wg.Wait()
}
