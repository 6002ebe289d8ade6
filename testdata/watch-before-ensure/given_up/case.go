// Package given_up has listeners that somebody drops who is refused.
package given_up

import (
	"context"
	"errors"
	"log"
	"sync"
)

type rules map[string]string

type feed struct {
	mu        sync.Mutex
	listeners []func(any, error) bool
	once      map[int]func(rules, error) bool
}

func (f *feed) publish(value any, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	before := f.listeners
	f.listeners = nil
	for _, listener := range before {
		if !listener(value, err) { // step "it is kept only for true"
			continue
		}
		f.listeners = append(f.listeners, listener)
	}
}

func (f *feed) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for key, listener := range f.once {
		if !listener(nil, err) {
			delete(f.once, key)
		}
	}
}

func (f *feed) watch(listener func(rules, error) bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.listeners = append(f.listeners, func(value any, err error) bool {
		found, _ := value.(rules)
		return listener(found, err)
	})
}

func (f *feed) keep(key int, listener func(rules, error) bool) {
	f.once[key] = listener
}

type limiter struct {
	mu    sync.Mutex
	rules rules
	lost  chan error
}

func (l *limiter) set(found rules) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rules = found
}

func (l *limiter) changed(found rules, err error) bool {
	if err != nil {
		if !errors.Is(err, context.Canceled) {
			log.Print(err)
		}
		return false // want "limiter.changed refuses to hear more at any error"
	}
	l.set(found)
	return true
}

func (l *limiter) start(ctx context.Context, f *feed) {
	f.watch(l.changed)
	f.keep(1, func(found rules, err error) bool {
		if err == nil {
			l.set(found)
			return true
		}
		log.Print(err)
		return false // want "refuses to hear more at any error"
	})
	f.watch(l.patient)
	f.watch(l.told)
	f.watch(l.first)
	f.watch(l.choosy)
	f.watch(func(found rules, err error) bool {
		if err != nil {
			return ctx.Err() == nil
		}
		l.set(found)
		return true
	})
}

// patient waits for better times, and leaves when it is done.
func (l *limiter) patient(found rules, err error) bool {
	if err != nil {
		log.Print(err)
		return true
	}
	l.set(found)
	return len(found) == 0
}

// told tells somebody who will watch again.
func (l *limiter) told(found rules, err error) bool {
	if err != nil {
		l.lost <- err
		return false
	}
	l.set(found)
	return true
}

// choosy gives up when there is nothing to wait for.
func (l *limiter) choosy(found rules, err error) bool {
	if err != nil {
		if errors.Is(err, context.Canceled) || errors.Is(err, errGone) {
			return false
		}
		return true
	}
	l.set(found)
	return true
}

var errGone = errors.New("gone")

// first wants one answer only.
func (l *limiter) first(found rules, err error) bool {
	if err != nil {
		return false
	}
	l.set(found)
	return false
}

// each is no listener: it is asked for one after the other.
func each(all []rules, keep func(rules, error) bool) []rules {
	var kept []rules
	for _, one := range all {
		if keep(one, nil) {
			kept = append(kept, one)
		}
	}
	return kept
}

func chosen(all []rules) []rules {
	return each(all, func(one rules, err error) bool {
		if err != nil {
			return false
		}
		return true
	})
}
