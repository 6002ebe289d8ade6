// Package ok_first_error keeps the first result only (idiom B2).
package ok_first_error

func ok(names []string, visit func(string) error) error {
	failed := make(chan error, 1)
	done := make(chan bool)
	for _, name := range names {
		go func() {
			if err := visit(name); err != nil {
				select {
				case failed <- err:
				default:
				}
			}
			done <- true
		}()
	}
	for range names {
		<-done
	}
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}
