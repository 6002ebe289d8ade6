// Package two_locks guards one map with two different locks.
package two_locks

import "sync"

type registry struct {
	readMu, writeMu sync.Mutex
	names           map[string]int
}

func bad(r *registry) {
	done := make(chan bool, 2)
	go func() {
		for i := range 50 {
			r.writeMu.Lock()
			r.names["a"] = i // want "map r.names is written while another goroutine may read it"
			r.writeMu.Unlock()
		}
		done <- true
	}()
	go func() {
		for range 50 {
			r.readMu.Lock()
			_ = r.names["a"]
			r.readMu.Unlock()
		}
		done <- true
	}()
	<-done
	<-done
}
