// Package ok_results_over_channel collects results from a channel in the goroutine that owns the map.
package ok_results_over_channel

type result struct {
	name string
	size int
}

func ok(names []string) map[string]int {
	results := make(chan result)
	for _, name := range names {
		go func() { results <- result{name, len(name)} }()
	}
	sizes := make(map[string]int)
	for range names {
		r := <-results
		sizes[r.name] = r.size
	}
	return sizes
}
