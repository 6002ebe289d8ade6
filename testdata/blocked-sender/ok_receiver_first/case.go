// Package ok_receiver_first starts the receiver before it sends, or has room for all that is sent before.
package ok_receiver_first

import "sync"

func validate(names []string, check func(string) error, primary string) []string {
	var wg sync.WaitGroup
	results := make(chan string, len(names))
	done := make(chan []string)
	go func() {
		var all []string
		for result := range results {
			all = append(all, result)
		}
		done <- all
	}()
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := check(name); err != nil {
				results <- err.Error()
			}
		}()
	}
	if primary == "" {
		results <- "no primary"
	}
	wg.Wait()
	close(results)
	return <-done
}

func roomForAll(names []string, check func(string) error) (all []error) {
	results := make(chan error, len(names))
	for _, name := range names {
		results <- check(name)
	}
	close(results)
	for err := range results {
		all = append(all, err)
	}
	return all
}

func roomForOneMore(names []string, check func(string) error, last error) (all []error) {
	results := make(chan error, len(names)+1)
	for _, name := range names {
		results <- check(name)
	}
	results <- last
	close(results)
	for err := range results {
		all = append(all, err)
	}
	return all
}

func workers(count int, names []string, check func(string) error) {
	var wg sync.WaitGroup
	work := make(chan string)
	for range count {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for name := range work {
				_ = check(name)
			}
		}()
	}
	for _, name := range names {
		work <- name
	}
	close(work)
	wg.Wait()
}

func eitherOr(first, second error) error {
	errs := make(chan error, 1)
	if first != nil {
		errs <- first
	} else {
		errs <- second
	}
	return <-errs
}
