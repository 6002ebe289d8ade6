package size_read_plainly

import "testing"

func TestRace(t *testing.T) {
	j, _ := open(nil)
	done := make(chan bool)
	go func() {
		for range 1000 {
			j.write([]byte("a"))
		}
		close(done)
	}()
	for range 1000 {
		j.cut()
		if j.bytes() < 0 {
			t.Error("less than nothing")
		}
	}
	<-done
}
