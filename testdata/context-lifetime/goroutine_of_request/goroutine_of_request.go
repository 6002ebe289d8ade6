// Package goroutine_of_request works on after the response under the context of the request.
package goroutine_of_request

import (
	"context"
	"net/http"
)

type mailer struct{ letters chan string }

func (m *mailer) send(ctx context.Context, to string) error {
	select {
	case m.letters <- to:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func handler(m *mailer) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		to := r.FormValue("to")
		w.WriteHeader(http.StatusAccepted)
		go func() {
			_ = m.send(ctx, to) // want "nobody waits for this goroutine"
		}()
	}
}
