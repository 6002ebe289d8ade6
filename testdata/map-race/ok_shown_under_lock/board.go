// What a response shows it reads while the lock is held, or from a copy; the last words of a program tell of a bug.
package board

import (
	"encoding/json"
	"fmt"
	"maps"
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
	scores := maps.Clone(b.scores)
	b.mu.RUnlock()
	respond(w, http.StatusOK, scores)
}

func (b *board) list(w http.ResponseWriter, r *http.Request) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	fmt.Fprintf(w, "%v\n", b.names)
}

func (b *board) current(w http.ResponseWriter, r *http.Request) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	respond(w, http.StatusOK, b.now)
}

func (b *board) check(w http.ResponseWriter, r *http.Request) {
	if b.size() < 0 {
		panic(fmt.Sprintf("no size: %v", b.scores))
	}
}

func (b *board) size() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return len(b.scores)
}

func (b *board) register(mux *http.ServeMux) {
	mux.HandleFunc("/count", b.count)
	mux.HandleFunc("/show", b.show)
	mux.HandleFunc("/check", b.check)
	mux.HandleFunc("/list", b.list)
	mux.HandleFunc("/current", b.current)
}

func serve(times int) {
	mux := http.NewServeMux()
	newBoard().register(mux)
	var group sync.WaitGroup
	for _, path := range []string{"/count", "/show", "/list", "/check", "/current"} {
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
