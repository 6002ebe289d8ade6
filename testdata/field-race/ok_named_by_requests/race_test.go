package ok_named_by_requests

import (
	"net/http/httptest"
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	s := newServer()
	s.uploads["a"] = &upload{}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/?id=a", nil))
				s.rename(httptest.NewRecorder(), httptest.NewRequest("GET", "/?id=a", nil))
				s.finish(httptest.NewRecorder(), httptest.NewRequest("GET", "/?id=a", nil))
			}
		})
	}
	wg.Wait()
}
