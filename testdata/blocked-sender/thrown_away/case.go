// Package thrown_away starts work and does not take the channel on which its outcome is to come.
package thrown_away

// Start runs work beside the caller.
func Start(work func() error) chan error {
	outcome := make(chan error)
	go func() {
		outcome <- work() // want "this send on outcome may wait for ever: a caller throws the channel away"
	}()
	return outcome
}

func warmUp(load func() error) error {
	Start(load) // step "the channel is not taken"
	return <-Start(load)
}
