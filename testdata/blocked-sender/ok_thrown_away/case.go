// Package ok_thrown_away has room for outcomes that nobody takes (twin of thrown_away).
package ok_thrown_away

// Start runs work beside the caller.
func Start(work func() error) chan error {
	outcome := make(chan error, 1)
	go func() {
		outcome <- work()
	}()
	return outcome
}

// Begin tells its end by closing the channel, which waits for nobody.
func Begin(work func()) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		work()
	}()
	return done
}

// Run hands its outcome to whoever wants it at once.
func Run(work func() error) <-chan error {
	outcome := make(chan error)
	go func() {
		select {
		case outcome <- work():
		default:
		}
	}()
	return outcome
}

func warmUp(load func() error) {
	Start(load)
	Begin(func() { _ = load() })
	Run(load)
}
