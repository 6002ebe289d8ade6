package named_by_requests

import (
	"net/http/httptest"
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	s := newServer()
	var wg sync.WaitGroup
	s.get("a")
	for range 4 {
		wg.Go(func() {
			for range 100 {
				s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/?id=a", nil))
			}
		})
		wg.Go(func() {
			for range 100 {
				s.setLang(httptest.NewRecorder(), httptest.NewRequest("GET", "/?id=a&lang=b", nil))
			}
		})
	}
	wg.Wait()
}
