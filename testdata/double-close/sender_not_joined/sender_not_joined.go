// Package sender_not_joined closes a channel on the way out while its sender may still run.
package sender_not_joined

import "time"

func cutOver(rename func() error, blocked func(time.Duration) error) error {
	renamed := make(chan error)
	defer close(renamed) // want "renamed may be closed while another goroutine still sends on it"
	go func() { // step "sender is started"
		renamed <- rename() // step "panics"
	}()
	if err := blocked(time.Second); err != nil {
		return err // step "does not wait for it on this way"
	}
	return <-renamed
}
