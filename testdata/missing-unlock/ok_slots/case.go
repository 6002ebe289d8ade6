// Package ok_slots gives every slot back: deferred, in the goroutine, or in another method; a handshake has none.
package ok_slots

type limiter struct {
	slots chan struct{}
}

func newLimiter(n int) *limiter { return &limiter{slots: make(chan struct{}, n)} }

func (l *limiter) deferred(check, work func() error) error {
	l.slots <- struct{}{}
	defer func() { <-l.slots }()
	if err := check(); err != nil {
		return err
	}
	return work()
}

func (l *limiter) async(items []int, work func(int) error) {
	for _, item := range items {
		l.slots <- struct{}{}
		go func() {
			defer func() { <-l.slots }()
			if err := work(item); err != nil {
				return
			}
		}()
	}
}

func handshake(work func() error) error {
	ready := make(chan struct{})
	go func() { <-ready }()
	ready <- struct{}{}
	if err := work(); err != nil {
		return err
	}
	return nil
}

var _ = newLimiter
