// Package ok_select_on_done reads in the case that received, or after it has waited.
package ok_select_on_done

func ok(work func() (int, error), stop chan bool) (int, error) {
	var n int
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		n, err = work()
	}()
	select {
	case <-done:
		return n, err
	case <-stop:
		select {
		case <-done:
			return n, err
		default:
		}
		<-done
		return n, nil
	}
}
