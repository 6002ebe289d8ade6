// Package consumer_fails ends the consumer at the first error, with the producer in the middle of a send.
package consumer_fails

import "sync"

func copyRows(rows []int, write func(int) error) (err error) {
	queue := make(chan int)
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		defer close(queue)
		for _, row := range rows {
			queue <- row // want "send on queue may wait for ever: the receiver may stop before all values are received"
		}
	}()
	go func() {
		defer wg.Done()
		for row := range queue {
			if err = write(row); err != nil {
				return // step "stops receiving while more may come"
			}
		}
	}()
	wg.Wait()
	return err
}
