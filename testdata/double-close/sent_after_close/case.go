// Package sent_after_close finishes a stream and writes to it afterwards.
package sent_after_close

type stream struct {
	frames chan string
	quit   chan struct{}
}

func (s *stream) write(frame string) {
	select {
	case s.frames <- frame: // step "sends on s.frames"
	case <-s.quit:
	}
}

func (s *stream) finish() {
	s.write("end")
	close(s.frames) // want "s.frames is closed, and sent on afterwards"
}

func handle(s *stream) {
	s.write("begin")
	s.finish()
	s.write("trailer")
}
