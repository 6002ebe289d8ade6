package handler_for_others

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	var wg sync.WaitGroup
	served := []http.Handler{New(), http.HandlerFunc(Host), NewLocked(), Known(http.HandlerFunc(Echo))}
	for range 8 {
		wg.Go(func() {
			for range 100 {
				for _, one := range served {
					one.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
				}
			}
		})
	}
	wg.Wait()
}
