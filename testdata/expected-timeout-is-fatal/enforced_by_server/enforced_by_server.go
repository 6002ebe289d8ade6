// Package enforced_by_server asks for work of limited length from servers that answer with an error when time is up.
package enforced_by_server

import (
	"errors"
	"fmt"
	"time"
)

var (
	errBusy    = errors.New("busy")
	errElapsed = errors.New("time is up")
)

type request struct {
	from  int
	limit time.Duration
}

type server struct{ rows int }

func (s *server) read(req *request, each func(at int) error) error {
	until := time.Now().Add(req.limit)
	for at := req.from; at < s.rows; at++ {
		if time.Now().After(until) {
			return fmt.Errorf("at %d: %w", at, errElapsed)
		}
		if err := each(at); err != nil {
			return err
		}
	}
	return nil
}

type backup struct {
	server *server
	done   int
}

func (b *backup) note(at int) error {
	b.done = at + 1
	return nil
}

func transient(err error) bool {
	return errors.Is(err, errBusy) // want "errElapsed is expected here, for request.limit cuts b.server.read off"
}

func (b *backup) run() error {
	for {
		req := &request{from: b.done, limit: time.Minute} // step "request.limit is set"
		err := b.server.read(req, b.note)
		if err == nil {
			return nil
		}
		if !transient(err) {
			return err
		}
	}
}

func (b *backup) goesOn() error {
	for {
		err := b.server.read(&request{from: b.done, limit: time.Minute}, b.note)
		if err == nil || !(transient(err) || errors.Is(err, errElapsed)) {
			return err
		}
	}
}

// count begins again each time: when time is up, all is lost.
func (b *backup) count() (n int, err error) {
	for {
		n = 0
		err = b.server.read(&request{limit: time.Minute}, func(int) error {
			n++
			return nil
		})
		if err == nil || !transient(err) {
			return n, err
		}
	}
}

func (b *backup) unlimited() error {
	for {
		err := b.server.read(&request{from: b.done}, b.note)
		if err == nil || !transient(err) {
			return err
		}
	}
}

type code int

const (
	unavailable code = iota + 1
	elapsed
	denied
)

type failure struct {
	code code
	text string
}

func (f *failure) Error() string { return f.text }

type scan struct {
	after  string
	budget time.Duration
}

type store interface {
	scan(s scan, each func(key string) error) error
}

type table struct{ keys []string }

func (t *table) scan(s scan, each func(key string) error) error {
	began := time.Now()
	for _, key := range t.keys {
		if s.budget > 0 && time.Since(began) >= s.budget {
			return &failure{elapsed, "stopped"}
		}
		if err := each(key); err != nil {
			return err
		}
	}
	return nil
}

func again(err error) bool {
	var failed *failure
	if !errors.As(err, &failed) {
		return false
	}
	return failed.code == unavailable // want "elapsed is expected here, for scan.budget cuts from.scan off"
}

func export(from store, budget time.Duration, write func(string)) error {
	last := ""
	for {
		err := from.scan(scan{after: last, budget: budget}, func(key string) error {
			write(key)
			last = key
			return nil
		})
		if err == nil || !again(err) {
			return err
		}
	}
}
