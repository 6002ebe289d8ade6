// Package request_rolls_back gives a seat back under the context of the request that could not pay for it: the client
// may be gone.
package request_rolls_back

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
)

type seats struct{ db *sql.DB }

func (s *seats) hold(ctx context.Context, id string) error {
	_, err := s.db.ExecContext(ctx, "update seats set held = 1 where id = ?", id)
	return err
}

func (s *seats) release(ctx context.Context, id string) error {
	_, err := s.db.ExecContext(ctx, "update seats set held = 0 where id = ?", id)
	return err
}

func (s *seats) pay(ctx context.Context, id string) error {
	_, err := s.db.ExecContext(ctx, "insert into payments values (?)", id)
	return err
}

func (s *seats) book(ctx context.Context, id string) error {
	if err := s.hold(ctx, id); err != nil {
		return err
	}
	if err := s.pay(ctx, id); err != nil {
		return errors.Join(err, s.release(ctx, id)) // want "s.release undoes under the context whose end may be why"
	}
	return nil
}

// try is of a command, which nobody cuts off.
func (s *seats) try(ctx context.Context, id string) error {
	if err := s.hold(ctx, id); err != nil {
		return err
	}
	if err := s.pay(ctx, id); err != nil {
		return errors.Join(err, s.release(ctx, id))
	}
	return nil
}

func (s *seats) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := s.book(r.Context(), r.FormValue("id")); err != nil {
		http.Error(w, err.Error(), http.StatusConflict)
	}
}

func command(s *seats) error { return s.try(context.Background(), "1") }
