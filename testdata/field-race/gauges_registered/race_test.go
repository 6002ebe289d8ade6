package gauges_registered

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	mux := http.NewServeMux()
	var wg sync.WaitGroup
	wg.Go(func() {
		time.Sleep(time.Millisecond)
		for range 2000 {
			mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/gauges", nil))
		}
	})
	publish(mux, 2_000_000)
	wg.Wait()
}
