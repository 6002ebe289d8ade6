// Package waits_before_it_receives joins its workers before it takes their results.
package waits_before_it_receives

import "sync"

func byDone(jobs []func() int) (sum int) {
	results := make(chan int)
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- job() // want "the receiver waits for this goroutine to end before it receives"
		}()
	}
	wg.Wait() // step "waits for the goroutine before anything is received"
	close(results)
	for n := range results {
		sum += n
	}
	return sum
}

func byGo(job func() int) int {
	result := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() { result <- job() }) // want "the receiver waits for this goroutine to end"
	wg.Wait()
	return <-result
}
