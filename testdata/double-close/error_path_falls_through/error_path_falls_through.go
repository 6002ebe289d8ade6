// Package error_path_falls_through closes on an error and goes on to the close of the good path.
package error_path_falls_through

func load(read func() error, ready chan struct{}) error {
	err := read()
	if err != nil {
		close(ready) // want "ready may be closed twice"
	}
	close(ready) // step "closed again"
	return err
}
