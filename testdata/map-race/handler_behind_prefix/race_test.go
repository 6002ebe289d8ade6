package handler_behind_prefix

import (
	"net/http/httptest"
	"testing"
)

func TestRace(t *testing.T) {
	handler := bad()
	done := make(chan bool)
	for range 4 {
		go func() {
			for range 200 {
				handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/app/x", nil))
			}
			done <- true
		}()
	}
	for range 4 {
		<-done
	}
}
