// Package atomic_limit compares an atomic count with its limit and counts in a second step.
package atomic_limit

import (
	"errors"
	"net/http"
	"sync/atomic"
)

var errFull = errors.New("full")

type desk struct {
	active atomic.Int64
	spare  int32
	max    int64
}

func (d *desk) admit() error {
	if d.active.Load() >= d.max { // step "tests d.active"
		return errFull
	}
	d.active.Add(1) // want "tests d.active and then sets it in two atomic steps: .* both go on"
	return nil
}

func (d *desk) take() bool {
	if atomic.LoadInt32(&d.spare) > 0 {
		atomic.AddInt32(&d.spare, -1) // want "then sets it in two atomic steps"
		return true
	}
	return false
}

func (d *desk) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	if err := d.admit(); err != nil {
		http.Error(w, err.Error(), http.StatusTooManyRequests)
		return
	}
	defer d.active.Add(-1)
	if !d.take() {
		w.WriteHeader(http.StatusGone)
	}
}

func serve() error {
	return http.ListenAndServe("localhost:0", &desk{max: 3, spare: 9})
}
