// Package registered_at_init has handlers that its init leaves behind.
package registered_at_init

import "net/http"

var (
	visits  = map[string]int{}
	mux     = http.NewServeMux()
	aliases map[string]string
)

func init() {
	aliases = map[string]string{}
	func() { aliases["index"] = "/" }()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		visits[aliases[r.URL.Path]]++ // want "map visits is written by several goroutines at once"
	})
}
