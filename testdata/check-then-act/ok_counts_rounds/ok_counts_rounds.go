// Package ok_counts_rounds goes round as often as requests were refused, and is refused in any case.
// case: min-confidence=medium
package ok_counts_rounds

import (
	"log"
	"net/http"
	"sync/atomic"
)

type desk struct{ refused atomic.Int64 }

func (d *desk) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	for left := d.refused.Load(); left > 1; left-- {
		log.Print("again")
	}
	d.refused.Add(1)
	w.WriteHeader(http.StatusGone)
}

func serve() error {
	return http.ListenAndServe("localhost:0", &desk{})
}
