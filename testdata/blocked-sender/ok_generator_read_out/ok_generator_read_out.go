// Package ok_generator_read_out takes all that a generator sends, or the generator has room for it.
package ok_generator_read_out

import "time"

func numbers(limit int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := range limit {
			out <- i
		}
	}()
	return out
}

func sum(limit int) (total int) {
	for n := range numbers(limit) {
		total += n
	}
	return total
}

func later(compute func() int) <-chan int {
	result := make(chan int, 1)
	go func() { result <- compute() }()
	return result
}

func soon(compute func() int) (int, bool) {
	select {
	case n := <-later(compute):
		return n, true
	case <-time.After(time.Second):
		return 0, false
	}
}
