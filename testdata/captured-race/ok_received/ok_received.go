// Package ok_received reads after a receive from the channel that the writer sends on.
package ok_received

func ok(work func() (int, error)) (int, error) {
	var n int
	done := make(chan error)
	go func() {
		var err error
		n, err = work()
		done <- err
	}()
	err := <-done
	return n, err
}
