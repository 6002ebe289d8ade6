package filled_while_served

import (
	"net"
	"net/http"
	"testing"
)

func TestRace(t *testing.T) {
	for range 20 {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan bool)
		go func() {
			for range 20 {
				if answer, err := http.Get("http://" + listener.Addr().String() + "/find"); err == nil {
					_ = answer.Body.Close()
				}
			}
			done <- true
		}()
		bad(listener)
		<-done
	}
}
