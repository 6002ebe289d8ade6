// Package mark_beside_argument asks what came, and a channel that stays, before it closes it.
package mark_beside_argument

type message struct {
	kind  int
	reply bool
}

func (m *message) isReply() bool { return m.reply }

type session struct {
	leaving  chan struct{}
	resumed  chan struct{}
	expected message
}

func (s *session) leave() {
	if s.leaving == nil {
		s.leaving = make(chan struct{})
	}
}

func (s *session) pause() {
	if s.resumed != nil {
		return
	}
	s.resumed = make(chan struct{})
}

func (s *session) receive(m *message) {
	if m.isReply() && m.kind == s.expected.kind && s.leaving != nil {
		close(s.leaving) // want "s.leaving may be closed twice: nothing ever changes what the test"
	}
}

func (s *session) resume(m *message, resume int) {
	switch {
	case m.kind == resume && s.resumed != nil:
		close(s.resumed) // want "s.resumed may be closed twice"
	}
}
