// Package stops_at_first_error returns from the loop that collects results while workers still send.
package stops_at_first_error

func all(jobs []func() error) error {
	errs := make(chan error, 1) // step "capacity 1"
	for _, job := range jobs {
		go func() {
			errs <- job() // want "send on errs may wait for ever: the receiver may stop before all values are received"
		}()
	}
	for range jobs {
		if err := <-errs; err != nil {
			return err // step "stops receiving while more may come"
		}
	}
	return nil
}
