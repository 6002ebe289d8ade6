// Package served_by_interface puts the account into the context of requests, and hands them on by http.Handler.
package served_by_interface

import (
	"context"
	"errors"
	"net/http"
	"time"
)

type contextKey int

const (
	accountKey contextKey = iota
	spanKey
)

var errNobody = errors.New("nobody is signed in")

func signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(r.Context(), accountKey, r.Header.Get("Account")) // step "accountKey is put into the context here"
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func account(ctx context.Context) (string, error) {
	if name, ok := ctx.Value(accountKey).(string); ok {
		return name, nil
	}
	return "", errNobody
}

// lasting is a context for work that goes on after the request; it keeps the span.
func lasting(ctx context.Context) context.Context {
	kept := context.Background()
	if span := ctx.Value(spanKey); span != nil {
		kept = context.WithValue(kept, spanKey, span)
	}
	return kept
}

type desk struct{ orders map[string]string }

func (d *desk) note(ctx context.Context, what string) error {
	who, err := account(ctx)
	if err != nil {
		return err
	}
	d.orders[who] = what
	return nil
}

func (d *desk) order(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(lasting(r.Context()), time.Second)
	defer cancel()
	if err := d.note(ctx, "order"); err != nil { // want "d.note fails without the context value served_by_interface.accountKey"
		http.Error(w, err.Error(), http.StatusForbidden)
	}
}

func (d *desk) cancel(w http.ResponseWriter, r *http.Request) {
	if err := d.note(context.WithoutCancel(r.Context()), "cancel"); err != nil {
		http.Error(w, err.Error(), http.StatusForbidden)
	}
}

func routes(d *desk) {
	http.Handle("/order", signedIn(http.HandlerFunc(d.order)))
	http.Handle("/cancel", signedIn(http.HandlerFunc(d.cancel)))
}
