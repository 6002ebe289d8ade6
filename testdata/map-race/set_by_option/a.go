// Package set_by_option keeps callbacks that options set, and runs them on many goroutines.
package set_by_option

import "sync"

type hooks struct {
	done func(name string)
	fail func(name string, err error)
}

type crew struct {
	hooks
	size int
}

type Setting func(*crew)

func OnDone(f func(name string)) Setting {
	return func(c *crew) { c.hooks.done = f }
}

func OnFailure(f func(name string, err error)) Setting {
	return func(c *crew) { c.fail = f }
}

func Size(n int) Setting { return func(c *crew) { c.size = n } }

func NewCrew(settings ...Setting) *crew {
	c := &crew{size: 2, hooks: hooks{done: func(string) {}, fail: func(string, error) {}}}
	for _, set := range settings {
		set(c)
	}
	return c
}

type settings struct{ hooks hooks }

type Option func(*settings)

func WithDone(f func(name string)) Option {
	return func(s *settings) { s.hooks.done = f }
}

// NewQuietCrew copies what was set.
func NewQuietCrew(options ...Option) *crew {
	var s settings
	for _, apply := range options {
		apply(&s)
	}
	return &crew{hooks: s.hooks}
}

func (c *crew) Work(names []string, do func(string) error) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := do(name); err != nil {
				c.fail(name, err)
				return
			}
			c.done(name)
		}()
	}
	wg.Wait()
}

type ledger struct {
	mu     sync.Mutex
	done   map[string]bool
	failed map[string]error
}

func (l *ledger) tick(name string) {
	l.done[name] = true // want "map l.done is written by several goroutines at once"
}

func (l *ledger) note(name string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failed[name] = err
}

func Count(names []string, do func(string) error) (int, int) {
	l := &ledger{done: map[string]bool{}, failed: map[string]error{}}
	c := NewCrew(Size(3), OnDone(l.tick), OnFailure(l.note))
	c.Work(names, do)
	return len(l.done), len(l.failed)
}

type tally struct{ seen map[string]int }

func (t *tally) tick(name string) {
	t.seen[name]++ // want "map t.seen is written by several goroutines at once"
}

func CountQuietly(names []string, do func(string) error) int {
	t := &tally{seen: map[string]int{}}
	NewQuietCrew(WithDone(t.tick)).Work(names, do)
	return len(t.seen)
}
