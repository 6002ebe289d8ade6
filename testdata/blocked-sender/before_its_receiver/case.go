// Package before_its_receiver sends on the goroutine that starts the receiver only afterwards.
package before_its_receiver

import (
	"fmt"
	"sync"
)

func validate(names []string, check func(string) error, primary string) []string {
	var wg sync.WaitGroup
	results := make(chan string, len(names))
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
		results <- "no primary" // want "this send on results may wait for ever: the channel may be full"
	}
	compare(names, primary, results)
	done := make(chan []string)
	go func() {
		var all []string
		for result := range results {
			all = append(all, result)
		}
		done <- all
	}()
	wg.Wait()
	close(results)
	return <-done
}

func compare(names []string, primary string, results chan<- string) {
	if names[0] != primary {
		results <- fmt.Sprint(names[0]) // want "this send on results may wait for ever: the channel may be full"
	}
}

func oneToMany(first, second error) error {
	errs := make(chan error, 1)
	if first != nil {
		errs <- first
	}
	if second != nil {
		errs <- second // want "this send on errs may wait for ever: the channel may be full"
	}
	select {
	case err := <-errs:
		return err
	default:
		return nil
	}
}

func toItself(job func() int) int {
	results := make(chan int)
	results <- job() // want "this send on results may wait for ever: the channel may be full"
	return <-results
}
