// Package ok_requests_sent_on hands what requests change to one goroutine.
package ok_requests_sent_on

import "net/http"

type loop struct {
	work chan func()
	over chan struct{}
}

func (l *loop) run() {
	defer close(l.over)
	for next := range l.work {
		next()
	}
}

func (l *loop) do(function func()) {
	ran := make(chan struct{})
	l.work <- func() { defer close(ran); function() }
	<-ran
}

func (l *loop) Close() {
	close(l.work)
	<-l.over
}

type sessions struct {
	loop  *loop
	users map[string]string
}

func open() *sessions {
	s := &sessions{loop: &loop{work: make(chan func()), over: make(chan struct{})}, users: map[string]string{}}
	go s.loop.run()
	return s
}

func (s *sessions) login(token, user string) {
	s.loop.do(func() { s.users[token] = user })
}

type page struct{ sessions *sessions }

func (p *page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.sessions.login(r.FormValue("token"), r.FormValue("user"))
}

func serve() error {
	return http.ListenAndServe("localhost:0", &page{open()})
}
