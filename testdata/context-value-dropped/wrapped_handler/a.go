// Package wrapped_handler puts the tenant into the context of requests before it hands them on.
package wrapped_handler

import (
	"context"
	"errors"
	"net/http"
	"time"
)

type tenantKey struct{}

type tenant struct{ name string }

var errNoTenant = errors.New("no tenant")

func tenantOf(ctx context.Context) (*tenant, error) {
	found, ok := ctx.Value(tenantKey{}).(*tenant)
	if !ok {
		return nil, errNoTenant
	}
	return found, nil
}

// forTenants wraps a handler of requests.
func forTenants(names map[string]*tenant, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		who, ok := names[r.Host]
		if !ok {
			http.NotFound(w, r)
			return
		}
		next(w, r.WithContext(context.WithValue(r.Context(), tenantKey{}, who)))
	}
}

type shop struct{ orders map[string]int }

func (s *shop) order(ctx context.Context, what string) error {
	who, err := tenantOf(ctx)
	if err != nil {
		return err
	}
	s.orders[who.name+what]++
	return nil
}

func (s *shop) badOrder(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := s.order(ctx, r.URL.Path); err != nil { // want "s.order fails without the context value"
		http.Error(w, err.Error(), http.StatusForbidden)
	}
}

func (s *shop) okOrder(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), time.Second)
	defer cancel()
	if err := s.order(ctx, r.URL.Path); err != nil {
		http.Error(w, err.Error(), http.StatusForbidden)
	}
}

// okAnonymous is nobody's: it is not wrapped.
func (s *shop) okAnonymous(w http.ResponseWriter, r *http.Request) {
	if _, err := tenantOf(context.Background()); err != nil {
		http.Error(w, err.Error(), http.StatusForbidden)
	}
}

func routes(s *shop, names map[string]*tenant) *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/bad", forTenants(names, s.badOrder))
	mux.HandleFunc("/ok", forTenants(names, s.okOrder))
	mux.HandleFunc("/any", s.okAnonymous)
	return mux
}
