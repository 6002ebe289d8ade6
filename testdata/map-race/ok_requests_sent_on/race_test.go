package ok_requests_sent_on

import (
	"net/http/httptest"
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	p := &page{open()}
	defer p.sessions.loop.Close()
	var done sync.WaitGroup
	for range 20 {
		done.Add(1)
		go func() {
			defer done.Done()
			p.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/?token=a&user=b", nil))
		}()
	}
	done.Wait()
}
