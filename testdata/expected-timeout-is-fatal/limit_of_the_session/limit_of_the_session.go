// Package limit_of_the_session sets a limit on a session before each of its reads, by a method or by a statement.
package limit_of_the_session

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

const (
	stateBusy    = "53300"
	stateTimeout = "57014"
	stateMissing = "42P01"
)

type failure struct{ state, text string }

func (f *failure) Error() string  { return f.text }
func (f *failure) family() string { return f.state[:2] }

type session struct {
	most time.Duration
	rows []int
}

func (s *session) SetMost(d time.Duration) { s.most = d }

func (s *session) Read(from int, each func(row int) error) error {
	if from > len(s.rows) {
		return &failure{stateMissing, "no row"}
	}
	began := time.Now()
	for _, row := range s.rows[from:] {
		if s.most > 0 && time.Since(began) > s.most {
			return &failure{state: stateTimeout, text: "canceled"}
		}
		if err := each(row); err != nil {
			return err
		}
	}
	return nil
}

type source interface {
	SetMost(d time.Duration)
	Read(from int, each func(row int) error) error
}

type answer int

const (
	stop answer = iota
	retry
	later
)

type dump struct {
	from source
	at   int
	out  func(int) error
}

func (d *dump) put(row int) error {
	if err := d.out(row); err != nil {
		return err
	}
	d.at++
	return nil
}

func (d *dump) once() error {
	d.from.SetMost(time.Second) // step "session.most is set"
	if err := d.from.Read(d.at, d.put); err != nil {
		return fmt.Errorf("at %d: %w", d.at, err)
	}
	return nil
}

func judge(err error) answer {
	var f *failure
	if !errors.As(err, &f) {
		return later
	}
	switch f.family() {
	case "08", "53":
		return later
	}
	if f.state == "40001" {
		return retry
	}
	return stop // want "stateTimeout is expected here, for session.most cuts d.once off"
}

func (d *dump) run() error {
	for {
		err := d.once()
		if err == nil {
			return nil
		}
		switch judge(err) {
		case stop:
			return err
		case later:
			time.Sleep(time.Second)
		}
	}
}

func (d *dump) goesOn() error {
	for {
		err := d.once()
		var f *failure
		if err == nil || judge(err) == stop && !(errors.As(err, &f) && f.family() == "57") {
			return err
		}
	}
}

// another sets the limit of a session that it does not read.
func another(one, other *session, out func(int) error) error {
	at := 0
	for {
		other.SetMost(time.Second)
		err := one.Read(at, func(row int) error {
			at++
			return out(row)
		})
		if err == nil || judge(err) == stop {
			return err
		}
	}
}

type database interface {
	Exec(ctx context.Context, text string) error
	Query(ctx context.Context, text string, each func(id int) error) error
}

type export struct {
	db   database
	last int
}

func (e *export) round(ctx context.Context) error {
	if err := e.db.Exec(ctx, "SET LOCAL statement_timeout = '30s'"); err != nil { // step "statement_timeout is set"
		return err
	}
	return e.db.Query(ctx, fmt.Sprintf("select id from t where id > %d order by id", e.last), func(id int) error {
		e.last = id
		return nil
	})
}

func again(err error) bool {
	var f *failure
	if errors.As(err, &f) {
		return strings.HasPrefix(f.state, "08") || f.state == stateBusy // want "SQLSTATE 57014 .* is expected here"
	}
	return false
}

func (e *export) run(ctx context.Context) error {
	for {
		err := e.round(ctx)
		if err == nil || !again(err) {
			return err
		}
	}
}

var _ source = (*session)(nil)
