package called_after_unlock

import "testing"

func TestRace(t *testing.T) {
	p := &pool{conns: map[string]*conn{}}
	done := make(chan bool)
	go func() {
		for range 1000 {
			p.put("a", p.get("a"))
			p.put("b", p.twice("b"))
		}
		close(done)
	}()
	for range 1000 {
		_, put := p.stream("a")
		put()
	}
	<-done
}
