package ok_set_before_serving

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestRace(t *testing.T) {
	server := httptest.NewServer(ok())
	defer server.Close()
	done := make(chan error)
	for range 4 {
		go func() {
			answer, err := http.Get(server.URL + "/find")
			if err == nil {
				err = answer.Body.Close()
			}
			done <- err
		}()
	}
	for range 4 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
}
