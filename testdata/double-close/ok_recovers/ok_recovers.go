// Package ok_recovers catches the panic of a send that comes too late.
package ok_recovers

import "time"

func try(compute func() int) (int, bool) {
	result := make(chan int)
	defer close(result)
	go func() {
		defer func() { _ = recover() }()
		result <- compute()
	}()
	select {
	case n := <-result:
		return n, true
	case <-time.After(time.Second):
		return 0, false
	}
}
