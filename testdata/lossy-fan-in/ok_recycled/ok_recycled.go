// Package ok_recycled keeps buffers for re-use in a small channel; those that find no room are garbage (idiom B10).
package ok_recycled

import "net/http"

type buffer struct{ bytes []byte }

type recycler struct{ free chan *buffer }

func (r *recycler) get() *buffer {
	select {
	case b := <-r.free:
		return b
	default:
		return &buffer{bytes: make([]byte, 1024)}
	}
}

func (r *recycler) put(b *buffer) {
	b.bytes = b.bytes[:0]
	select {
	case r.free <- b:
	default:
	}
}

func serve(mux *http.ServeMux) {
	r := &recycler{free: make(chan *buffer, 8)}
	mux.HandleFunc("/", func(w http.ResponseWriter, req *http.Request) {
		b := r.get()
		defer r.put(b)
		_, _ = w.Write(append(b.bytes, req.URL.Path...))
	})
}
