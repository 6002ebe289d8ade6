package ok_set_once_then_read

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		done := make(chan string)
		run(func(addr string) { done <- addr })
		for range 3 {
			<-done
		}
	}
}
