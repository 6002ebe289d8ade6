// Package ok_helper_waits closes behind a helper that has waited for all that it started.
package ok_helper_waits

import "sync"

func each(items []string, limit int, f func(string) error) (first error) {
	var wg sync.WaitGroup
	var once sync.Once
	slots := make(chan struct{}, limit)
	for _, item := range items {
		slots <- struct{}{}
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { <-slots }()
			if err := f(item); err != nil {
				once.Do(func() { first = err })
			}
		}()
	}
	wg.Wait()
	return first
}

func gather(items []string, read func(string) (int, error)) (sum int, err error) {
	found := make(chan int, len(items))
	err = each(items, 4, func(item string) error {
		n, err := read(item)
		if err == nil {
			found <- n
		}
		return err
	})
	close(found)
	for n := range found {
		sum += n
	}
	return sum, err
}
