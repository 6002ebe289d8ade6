// Package ok_helper_waits_aside has a receiver before the helper that waits, or room for all that is sent.
package ok_helper_waits_aside

import "sync"

func each(items []string, f func(string)) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f(item)
		}()
	}
	wg.Wait()
}

func gather(items []string, read func(string) int) (sum int) {
	found := make(chan int)
	go func() {
		each(items, func(item string) { found <- read(item) })
		close(found)
	}()
	for n := range found {
		sum += n
	}
	return sum
}

func room(items []string, read func(string) int) (sum int) {
	found := make(chan int, len(items))
	each(items, func(item string) { found <- read(item) })
	close(found)
	for n := range found {
		sum += n
	}
	return sum
}
