// Package ok_atomic_limit counts first and looks at the result; what it only tells about is counted as it comes.
package ok_atomic_limit

import (
	"errors"
	"log"
	"net/http"
	"sync/atomic"
)

var errFull = errors.New("full")

type desk struct {
	active  atomic.Int64
	refused atomic.Int64
	max     int64
}

func (d *desk) admit() error {
	if d.active.Load() >= d.max {
		return errFull
	}
	if d.active.Add(1) > d.max {
		d.active.Add(-1)
		return errFull
	}
	return nil
}

func (d *desk) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	if err := d.admit(); err != nil {
		d.refused.Add(1)
		http.Error(w, err.Error(), http.StatusTooManyRequests)
		return
	}
	defer d.active.Add(-1)
	if d.refused.Load() != 0 {
		log.Print("some were refused")
		d.refused.Add(1)
	}
}

func serve() error {
	return http.ListenAndServe("localhost:0", &desk{max: 3})
}
