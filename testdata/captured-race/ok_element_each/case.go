// Package ok_element_each gives every worker elements of its own.
package ok_element_each

import "sync"

func squares(in []int) []int {
	out := make([]int, len(in))
	var wg sync.WaitGroup
	for i, n := range in {
		wg.Go(func() { out[i] = n * n })
	}
	wg.Wait()
	return out
}

func strides(in []int, workers int) []int {
	out := make([]int, len(in))
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(in); i += workers {
				out[i] = in[i]
			}
			for i := range in {
				if i%workers == w {
					out[i]++
				}
			}
		})
	}
	wg.Wait()
	return out
}

func chunks(in []int, size int) {
	var wg sync.WaitGroup
	for at := 0; at < len(in); at += size {
		part := in[at:min(at+size, len(in))]
		wg.Go(func() {
			for i := range part {
				part[i]++
			}
		})
	}
	wg.Wait()
}
