// Package showcase holds a small program for a first scan.
package showcase

import "sync"

// Count counts words, each in a goroutine of its own.
func Count(words []string) map[string]int {
	counts := map[string]int{}
	var wg sync.WaitGroup
	for _, word := range words {
		wg.Add(1)
		go func() {
			defer wg.Done()
			counts[word]++
		}()
	}
	wg.Wait()
	return counts
}
