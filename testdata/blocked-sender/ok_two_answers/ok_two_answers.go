// Package ok_two_answers takes both answers, or has room for the one that nobody takes.
package ok_two_answers

func both(primary, backup func() error) (error, error) {
	answers := make(chan error)
	go func() { answers <- primary() }()
	go func() { answers <- backup() }()
	return <-answers, <-answers
}

func either(primary, backup func() error) error {
	answers := make(chan error, 1)
	go func() { answers <- primary() }()
	go func() { answers <- backup() }()
	return <-answers
}

func one(primary func() (int, error)) (int, error) {
	numbers := make(chan int)
	errs := make(chan error)
	go func() {
		n, err := primary()
		if err != nil {
			errs <- err
			return
		}
		numbers <- n
	}()
	select {
	case n := <-numbers:
		return n, nil
	case err := <-errs:
		return 0, err
	}
}
