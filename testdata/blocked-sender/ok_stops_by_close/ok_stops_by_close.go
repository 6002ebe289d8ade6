// Package ok_stops_by_close closes where nobody may be left to receive.
package ok_stops_by_close

import "sync"

func serve(next func() (int, error), until func()) {
	quit := make(chan struct{})
	go func() {
		for {
			select {
			case <-quit:
				return
			default:
			}
			if _, err := next(); err != nil {
				return
			}
		}
	}()
	until()
	close(quit)
}

func collect(jobs []func() int) (sum int) {
	results := make(chan int)
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- job()
		}()
	}
	for range jobs {
		sum += <-results
	}
	wg.Wait()
	return sum
}
