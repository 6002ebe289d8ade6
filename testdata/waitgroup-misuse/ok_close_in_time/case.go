// Package ok_close_in_time waits on another goroutine, closes before it waits, or has room for all results.
package ok_close_in_time

import "sync"

func gather(items []int, work func(int) int) []int {
	var wg sync.WaitGroup
	results := make(chan int)
	for _, item := range items {
		wg.Go(func() { results <- work(item) })
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	var all []int
	for result := range results {
		all = append(all, result)
	}
	return all
}

func consume(items []int, work func(int)) {
	var wg sync.WaitGroup
	queue := make(chan int)
	wg.Add(1)
	go func() {
		defer wg.Done()
		for item := range queue {
			work(item)
		}
	}()
	for _, item := range items {
		queue <- item
	}
	close(queue)
	wg.Wait()
}

func buffered(items []int, work func(int) int) int {
	var wg sync.WaitGroup
	results := make(chan int, len(items))
	for _, item := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- work(item)
		}()
	}
	wg.Wait()
	close(results)
	sum := 0
	for result := range results {
		sum += result
	}
	return sum
}

func stopped(items <-chan int, stop chan struct{}, work func(int)) {
	var wg sync.WaitGroup
	queue := make(chan int, 1)
	wg.Add(1)
	go func() {
		defer wg.Done()
		for item := range queue {
			if item < 0 {
				return
			}
			work(item)
		}
	}()
	queue <- -1
	wg.Wait()
	close(queue)
}
