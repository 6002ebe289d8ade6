// Package ok_sender_closes leaves the close to the only sender.
package ok_sender_closes

func rename(do func() error, blocked func() error) error {
	done := make(chan error, 1)
	go func() {
		defer close(done)
		done <- do()
	}()
	if err := blocked(); err != nil {
		return err
	}
	return <-done
}
