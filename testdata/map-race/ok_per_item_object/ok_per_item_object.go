// Package ok_per_item_object gives a concurrent callback its own item, whose map it writes (idiom C22).
package ok_per_item_object

import "sync"

type cell struct {
	name  string
	peers map[string]bool
}

func forAllCells(cells []*cell, f func(*cell) error) error {
	var wg sync.WaitGroup
	errs := make([]error, len(cells))
	for i, c := range cells {
		wg.Add(1)
		go func(i int, c *cell) {
			defer wg.Done()
			errs[i] = f(c)
		}(i, c)
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func ok(names []string) ([]*cell, error) {
	var cells []*cell
	for _, name := range names {
		cells = append(cells, &cell{name: name, peers: map[string]bool{}})
	}
	err := forAllCells(cells, func(c *cell) error {
		for _, name := range names {
			c.peers[name] = name != c.name
		}
		return nil
	})
	return cells, err
}
