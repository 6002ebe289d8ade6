// Package slot_kept_on_error sends a token and returns an error without taking it back.
package slot_kept_on_error

type limiter struct {
	slots chan struct{}
}

func newLimiter(n int) *limiter { return &limiter{slots: make(chan struct{}, n)} }

func (l *limiter) run(check, work func() error) error {
	l.slots <- struct{}{} // step "a slot of l.slots is taken"
	if err := check(); err != nil {
		return err // want "a slot of l.slots is not given back on a path on which limiter.run returns"
	}
	err := work()
	<-l.slots // step "other paths give it back here"
	return err
}

var _ = newLimiter
