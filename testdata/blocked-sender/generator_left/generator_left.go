// Package generator_left stops receiving from a generator that goes on sending.
package generator_left

import "time"

func numbers(limit int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := range limit {
			out <- i // want "send on out may wait for ever: the receiver may stop before all values are received"
		}
	}()
	return out
}

func has(wanted func(int) bool, stop func() bool) bool {
	for n := range numbers(100) {
		if wanted(n) {
			continue
		}
		if stop() {
			return true // step "stops receiving while more may come"
		}
	}
	return false
}

func later(compute func() int) <-chan int {
	result := make(chan int)
	go func() {
		result <- compute() // want "send on result may wait for ever: the receiver may return without receiving"
	}()
	return result
}

func soon(compute func() int) (int, bool) {
	select {
	case n := <-later(compute):
		return n, true
	case <-time.After(time.Second):
		return 0, false // step "returns without receiving"
	}
}
