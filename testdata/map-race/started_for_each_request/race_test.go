package started_for_each_request

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestRace(t *testing.T) {
	mux := http.NewServeMux()
	m := newMirror(mux)
	for range 100 {
		mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/copy", nil))
	}
	m.wg.Wait()
}
