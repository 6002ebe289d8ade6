// Package ok_either_or closes on one of two ways.
package ok_either_or

func load(read func() error, ready chan struct{}) error {
	if err := read(); err != nil {
		close(ready)
		return err
	}
	close(ready)
	return nil
}
