// Package ok_waits_for_senders closes when all senders are done.
package ok_waits_for_senders

import "sync"

func run(jobs []func() int) (sum int) {
	out := make(chan int)
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			out <- job()
		}()
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	for n := range out {
		sum += n
	}
	return sum
}

func buffered(jobs []func() int) []int {
	out := make(chan int, len(jobs))
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Go(func() { out <- job() })
	}
	wg.Wait()
	close(out)
	var all []int
	for n := range out {
		all = append(all, n)
	}
	return all
}
