// Package named_result returns while the goroutine still writes the named result.
package named_result

func bad(work func() error) (err error) {
	done := make(chan bool)
	go func() {
		err = work() // want "variable err is written while another goroutine may write it"
		close(done)
	}()
	select {
	case <-done:
		return err
	default:
		return nil
	}
}
