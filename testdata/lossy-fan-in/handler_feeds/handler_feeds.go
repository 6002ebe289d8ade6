// Package handler_feeds feeds a small channel from a handler.
package handler_feeds

import "net/http"

type update struct{ path string }

type feed struct{ updates chan *update }

func (f *feed) push(u *update) {
	select {
	case f.updates <- u: // want "many goroutines send on f.updates, which holds 1"
	default:
	}
}

func (f *feed) consume(apply func(*update)) {
	for u := range f.updates {
		apply(u)
	}
}

func serve(mux *http.ServeMux, apply func(*update)) {
	f := &feed{updates: make(chan *update, 1)}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		f.push(&update{r.URL.Path})
	})
	go f.consume(apply)
}
