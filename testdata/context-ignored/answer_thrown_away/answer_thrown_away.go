// Package answer_thrown_away paces its tries with a wait whose answer, that the context is over, nobody asks for.
package answer_thrown_away

import (
	"context"
	"errors"
	"log"
	"sync"
	"time"
)

var errTaken = errors.New("taken")

type lease struct {
	mu    sync.Mutex
	owner string
}

func (l *lease) take(name string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.owner != "" {
		return errTaken
	}
	l.owner = name
	return nil
}

// rest reports whether all the time has passed.
func rest(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (l *lease) campaign(ctx context.Context, name string) error {
	for {
		err := l.take(name)
		if err == nil {
			return nil
		}
		log.Printf("%s: %v", name, err)
		rest(ctx, time.Second) // want "rest fails at once when ctx is over, and the loop calls it again: it spins"
	}
}

func (l *lease) campaignUntilTheEnd(ctx context.Context, name string) error {
	for {
		err := l.take(name)
		if err == nil {
			return nil
		}
		if !rest(ctx, time.Second) {
			return ctx.Err()
		}
	}
}

func (l *lease) looksItself(ctx context.Context, name string) error {
	for {
		if l.take(name) == nil {
			return nil
		}
		rest(ctx, time.Second)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

func (l *lease) thrice(ctx context.Context, name string) bool {
	for range 3 {
		if l.take(name) == nil {
			return true
		}
		rest(ctx, time.Second)
	}
	return false
}
