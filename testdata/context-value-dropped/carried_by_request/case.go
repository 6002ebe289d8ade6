// Package carried_by_request needs a value of the context that a request carries.
package carried_by_request

import (
	"context"
	"errors"
	"log"
	"net/http"
	"sync"
	"time"
)

type zone struct{}

var errNoZone = errors.New("no zone")

func within(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, zone{}, name)
}

func zoneOf(ctx context.Context) string {
	name, _ := ctx.Value(zone{}).(string)
	return name
}

// address fails without a zone: the empty name stands for it.
func address(r *http.Request) error {
	name := zoneOf(r.Context())
	if name == "" {
		return errNoZone
	}
	r.Host = name + ".example.com"
	return nil
}

// accept fails without a zone, too.
func accept(r *http.Request) error {
	name, ok := r.Context().Value(zone{}).(string)
	if !ok || len(name) == 0 {
		return errNoZone
	}
	return nil
}

type registry struct{ client *http.Client }

func (g *registry) lookUp(ctx context.Context, name string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://registry/"+name, nil)
	if err != nil {
		return err
	}
	if err := address(r); err != nil {
		return err
	}
	answer, err := g.client.Do(r)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// remove makes a request without a context, and gives it one too late.
func (g *registry) remove(ctx context.Context, name string) error {
	r, err := http.NewRequest(http.MethodDelete, "http://registry/"+name, nil)
	if err != nil {
		return err
	}
	if err := address(r); err != nil { // want "address fails without the context value carried_by_request.zone{}, which this fresh context does not have"
		return err
	}
	answer, err := g.client.Do(r.WithContext(ctx))
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// put gives its request the context in time.
func (g *registry) put(ctx context.Context, name string) error {
	r, err := http.NewRequest(http.MethodPut, "http://registry/"+name, nil)
	if err != nil {
		return err
	}
	r = r.WithContext(ctx)
	if err := address(r); err != nil {
		return err
	}
	answer, err := g.client.Do(r)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

type source[K comparable] interface {
	lookUp(ctx context.Context, key K) error
}

type memory[K comparable] struct {
	from source[K]
	mu   sync.Mutex
	seen map[K]time.Time
}

func (m *memory[K]) get(ctx context.Context, key K) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.seen[key]; ok {
		go m.renew(context.Background(), key) // want "m.renew fails without the context value carried_by_request.zone{}"
		go m.renew(context.WithoutCancel(ctx), key)
		return nil
	}
	m.seen[key] = time.Now()
	return m.from.lookUp(ctx, key)
}

func (m *memory[K]) renew(ctx context.Context, key K) {
	if err := m.from.lookUp(ctx, key); err != nil {
		log.Print(err)
	}
}

type handler struct {
	names *memory[string]
	all   *registry
}

// ServeHTTP is behind zoned, which puts the zone into its request.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if accept(r) != nil {
		return
	}
	short, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := h.all.lookUp(short, r.URL.Path); err != nil { // want "h.all.lookUp fails without the context value carried_by_request.zone{}"
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
	_ = errors.Join(h.names.get(r.Context(), r.URL.Path), h.all.remove(r.Context(), "old"), h.all.put(r.Context(), "new"))
}

func zoned(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(within(r.Context(), r.Header.Get("Zone"))))
	})
}

func serve() error {
	all := &registry{client: http.DefaultClient}
	names := &memory[string]{from: all, seen: map[string]time.Time{}}
	return http.ListenAndServe(":80", zoned(&handler{names: names, all: all}))
}
