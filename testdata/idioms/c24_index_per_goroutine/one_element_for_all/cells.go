// Package one_element_for_all counts in one variable where the goroutines ought to have an element each.
package one_element_for_all

import "sync"

func tablets(cells []string, get func(cell string) ([]string, error)) (int, []error) {
	count := 0
	errs := make([]error, 0, len(cells))
	wg := sync.WaitGroup{}
	wg.Add(len(cells))
	for _, cell := range cells {
		go func(cell string) {
			defer wg.Done()
			found, err := get(cell)
			count += len(found)      // want "is written by several goroutines at once"
			errs = append(errs, err) // step "errs is raced for as well"
		}(cell)
	}
	wg.Wait()
	return count, errs
}

func run() {
	_, _ = tablets([]string{"a", "b", "c"}, func(cell string) ([]string, error) { return []string{cell}, nil })
}
