// Package enforced_in_callback looks at the time where the rows come in, or has a timer do so.
package enforced_in_callback

import (
	"errors"
	"fmt"
	"time"
)

var (
	errBusy  = errors.New("busy")
	errStale = errors.New("view is stale")
	errOver  = errors.New("over")
)

type view struct {
	after string
	life  time.Duration
}

type table interface {
	each(after string, row func(string) error) error
}

type source struct {
	table table
	live  chan string
}

func (s *source) rows(v view, send func(string) error) error {
	dies := time.Now().Add(v.life)
	return s.table.each(v.after, func(row string) error {
		if time.Now().After(dies) {
			return fmt.Errorf("%w after %s", errStale, v.life)
		}
		return send(row)
	})
}

type subscription struct {
	from string
	stay time.Duration
}

func (s *source) follow(to *subscription, send func(string) error) error {
	over := time.NewTimer(to.stay)
	defer over.Stop()
	for {
		select {
		case row := <-s.live:
			if err := send(row); err != nil {
				return err
			}
		case <-over.C:
			return errOver
		}
	}
}

type mirror struct {
	source *source
	last   string
}

func (m *mirror) copy(write func(string) error) error {
	for {
		err := m.source.rows(view{after: m.last, life: time.Minute}, func(row string) error { // step "view.life is set"
			m.last = row
			return write(row)
		})
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, errBusy):
			return err // want "errStale is expected here, for view.life cuts m.source.rows off"
		}
	}
}

func (m *mirror) copyOn(write func(string) error) error {
	for {
		err := m.source.rows(view{after: m.last, life: time.Minute}, func(row string) error {
			m.last = row
			return write(row)
		})
		if err == nil || !(errors.Is(err, errBusy) || errors.Is(err, errStale)) {
			return err
		}
	}
}

func (m *mirror) follow(write func(string) error) error {
	for {
		err := m.source.follow(&subscription{from: m.last, stay: time.Hour}, func(row string) error {
			m.last = row
			return write(row)
		})
		if !errors.Is(err, errBusy) {
			return err // want "errOver is expected here, for subscription.stay cuts m.source.follow off"
		}
	}
}

func (m *mirror) followOn(write func(string) error) error {
	for {
		err := m.source.follow(&subscription{from: m.last, stay: time.Hour}, func(row string) error {
			m.last = row
			return write(row)
		})
		if !errors.Is(err, errBusy) && !errors.Is(err, errOver) {
			return err
		}
	}
}
