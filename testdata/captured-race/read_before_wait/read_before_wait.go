// Package read_before_wait copies what goroutines add to before it waits for them, to return it with their error.
package read_before_wait

import "sync"

type group struct{ sync.WaitGroup }

func (g *group) Wait() error {
	g.WaitGroup.Wait()
	return nil
}

func collect(keys []string) ([]string, error) {
	var g group
	var mu sync.Mutex
	var out []string
	for _, key := range keys {
		g.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			out = append(out, key)
		})
	}
	got := out // want "variable out is read while another goroutine may write it"
	return got, g.Wait()
}

func count(keys []string) (int, error) {
	var g group
	var mu sync.Mutex
	var out []string
	for _, key := range keys {
		g.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			out = append(out, key)
		})
	}
	return len(out), g.Wait() // want "variable out is read while another goroutine may write it"
}
