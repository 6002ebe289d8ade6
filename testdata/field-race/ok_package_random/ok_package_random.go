// Package ok_package_random has generators of random numbers that handlers take the lock for, make for themselves, or
// never come to.
package ok_package_random

import (
	"math/rand"
	"net/http"
	"strconv"
	"sync"
)

var (
	mu    sync.Mutex
	dice  = rand.New(rand.NewSource(1))
	seeds = rand.New(rand.NewSource(2))
)

func pick(n int) int {
	mu.Lock()
	defer mu.Unlock()
	return roll(n)
}

func roll(n int) int { return dice.Intn(n) }

type server struct{ seed int64 }

// ServeHTTP answers with two numbers.
func (s *server) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	own := rand.New(rand.NewSource(s.seed))
	_, _ = w.Write([]byte(strconv.Itoa(pick(10) + own.Intn(10))))
}

func newMux() *http.ServeMux {
	mux := http.NewServeMux()
	mux.Handle("/", &server{seed: seeds.Int63()})
	return mux
}
