package handler_through_helper

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	register()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 200 {
				http.DefaultServeMux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/debug/hits", nil))
			}
		})
	}
	wg.Wait()
}
