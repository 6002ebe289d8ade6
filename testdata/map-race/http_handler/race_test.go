package http_handler

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestRace(t *testing.T) {
	mux := http.NewServeMux()
	bad(mux)
	done := make(chan bool)
	for range 4 {
		go func() {
			for range 200 {
				mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
			}
			done <- true
		}()
	}
	for range 4 {
		<-done
	}
}
