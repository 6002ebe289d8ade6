// Package functions_in_slice collects functions that share a variable, and runs them all at once elsewhere.
package functions_in_slice

import "sync"

type job struct {
	name string
	run  func() error
}

// runAll runs the jobs on a few goroutines that take them from a channel.
func runAll(jobs []job, width int) error {
	queue := make(chan job, len(jobs))
	for _, j := range jobs {
		queue <- j
	}
	close(queue)
	errs := make([]error, width)
	var all sync.WaitGroup
	for i := range width {
		all.Add(1)
		go func() {
			defer all.Done()
			for j := range queue {
				if err := j.run(); err != nil {
					errs[i] = err
				}
			}
		}()
	}
	all.Wait()
	return errs[0]
}

func inParallel(parts ...func()) {
	var all sync.WaitGroup
	for _, part := range parts {
		all.Go(part)
	}
	all.Wait()
}

// sizes asks for each name; all jobs assign the result err.
func sizes(names []string, ask func(string) (int, error)) (total int, err error) {
	found := make([]int, len(names))
	var jobs []job
	for i, name := range names {
		jobs = append(jobs, job{name, func() error {
			found[i], err = ask(name) // want "variable err is written by several goroutines at once"
			return err
		}})
	}
	if failed := runAll(jobs, 4); failed != nil {
		return 0, failed
	}
	for _, size := range found {
		total += size
	}
	return total, nil
}

// ends runs two functions that are not the same but share what they set.
func ends(ask func(string) (int, error)) (int, error) {
	var low, high int
	var err error
	inParallel(
		func() { low, err = ask("low") }, // want "variable err is written while another goroutine may write it"
		func() { high, err = ask("high") },
	)
	return high - low, err
}
