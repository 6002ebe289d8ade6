// Package ok_group_across_packages reads what one function of another package's group wrote after that group's Wait
// (idiom C13).
package ok_group_across_packages

import (
	"errors"

	"govetpy.test/map-race/ok_group_across_packages/group"
)

func ok(names []string) (int, error) {
	sizes, ranks := map[string]int{}, map[string]int{}
	var g group.Group
	g.Go(func() error {
		for _, name := range names {
			sizes[name] = len(name)
		}
		return nil
	})
	g.Go(func() error {
		for i, name := range names {
			ranks[name] = i
		}
		return nil
	})
	if err := g.Wait(); err != nil {
		return 0, errors.Join(err)
	}
	for name := range sizes {
		sizes[name] += ranks[name]
	}
	return len(sizes), nil
}
