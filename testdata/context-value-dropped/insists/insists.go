// Package insists has a getter that panics where there is nothing to get.
package insists

import (
	"context"
	"time"
)

type sessionKey struct{}

type session struct{ settings map[string]string }

func sessionOf(ctx context.Context) *session {
	return ctx.Value(sessionKey{}).(*session) // step "sessionKey.. is looked up and missed"
}

// settings may do without: whoever has no session has no settings.
func settings(ctx context.Context) map[string]string {
	found := ctx.Value(sessionKey{})
	if found == nil {
		return nil
	}
	return found.(*session).settings
}

type plan interface {
	run(ctx context.Context) error
}

type set struct{ name, value string }

func (s *set) run(ctx context.Context) error {
	sessionOf(ctx).settings[s.name] = s.value
	return nil
}

type show struct{ shown map[string]string }

func (s *show) run(ctx context.Context) error {
	for name, value := range settings(ctx) {
		s.shown[name] = value
	}
	return nil
}

type again struct {
	inner  *set
	shower *show
}

func (a *again) run(ctx context.Context) error {
	if err := a.inner.run(ctx); err == nil {
		return nil
	}
	last, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := a.shower.run(last); err != nil {
		return err
	}
	return a.inner.run(last) // want "a.inner.run fails without the context value insists.sessionKey"
}

func execute(ctx context.Context, p plan) error {
	return p.run(context.WithValue(ctx, sessionKey{}, &session{settings: map[string]string{}}))
}

func main() {
	_ = execute(context.Background(), &again{inner: &set{"a", "b"}, shower: &show{}})
}
