// Package beside_the_loop keeps its sessions on one goroutine, all but one method.
package beside_the_loop

type loop struct {
	work chan func()
	over chan struct{}
}

func (l *loop) run() {
	defer close(l.over)
	for {
		select {
		case next := <-l.work:
			if next == nil {
				return
			}
			next()
		}
	}
}

// do runs a function on the loop, and waits for it.
func (l *loop) do(function func()) bool {
	ran := make(chan struct{})
	select {
	case l.work <- func() { defer close(ran); function() }:
		<-ran
		return true
	case <-l.over:
		return false
	}
}

type sessions struct {
	*loop
	users map[string]string
}

func open() *sessions {
	s := &sessions{loop: &loop{work: make(chan func()), over: make(chan struct{})}, users: map[string]string{}}
	go s.run()
	return s
}

func (s *sessions) login(token, user string) {
	s.do(func() { s.users[token] = user }) // want "map s.users is written while another goroutine may read it"
}

func (s *sessions) user(token string) (user string, known bool) {
	s.do(func() { user, known = s.users[token] })
	return user, known
}

func (s *sessions) tokens(of string) []string {
	var found []string
	for token, user := range s.users {
		if user == of {
			found = append(found, token)
		}
	}
	return found
}

func serve(logins, lists int) {
	s := open()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range logins {
			s.login("token", "user")
		}
	}()
	for range lists {
		s.tokens("user")
		s.user("token")
	}
	<-done
	s.work <- nil
	<-s.over
}
