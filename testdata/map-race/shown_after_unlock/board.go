// What a response shows, field by field and entry by entry, it reads: also when the lock has been given back.
package board

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

type round struct {
	Phase string
	Seen  map[string]int
}

type board struct {
	mu     sync.RWMutex
	scores map[string]int
	names  map[string]string
	now    *round
}

func newBoard() *board {
	return &board{scores: map[string]int{}, names: map[string]string{}, now: &round{Seen: map[string]int{}}}
}

func respond(w http.ResponseWriter, code int, body any) {
	w.WriteHeader(code)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (b *board) count(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.scores[r.URL.Path]++
	b.names[r.URL.Path] = r.Method
	b.now.Seen[r.URL.Path]++
}

func (b *board) show(w http.ResponseWriter, r *http.Request) {
	b.mu.RLock()
	scores := b.scores
	b.mu.RUnlock()
	respond(w, http.StatusOK, scores) // want "map scores is read while another goroutine may write it"
}

func (b *board) list(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "%v\n", b.names) // want "map b.names is read while another goroutine may write it"
}

func (b *board) current(w http.ResponseWriter, r *http.Request) {
	b.mu.RLock()
	now := b.now
	b.mu.RUnlock()
	respond(w, http.StatusOK, now) // want "map now.Seen is read while another goroutine may write it"
}

func (b *board) register(mux *http.ServeMux) {
	mux.HandleFunc("/count", b.count)
	mux.HandleFunc("/show", b.show)
	mux.HandleFunc("/list", b.list)
	mux.HandleFunc("/current", b.current)
}

func serve(times int) {
	mux := http.NewServeMux()
	newBoard().register(mux)
	var group sync.WaitGroup
	for _, path := range []string{"/count", "/show", "/list", "/current"} {
		group.Add(1)
		go func() {
			defer group.Done()
			for range times {
				mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil))
			}
		}()
	}
	group.Wait()
}
