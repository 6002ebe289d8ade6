package panic_under_lock

import "sync"

// audit comes to the panic too, by more calls than are looked through. Its name is the first.
type audit struct {
	mu    sync.Mutex
	total int
}

func (a *audit) all(n int) {
	a.mu.Lock()
	a.total += a.each(n)
	a.mu.Unlock()
}

func (a *audit) each(n int) int { return checked(n) }
func checked(n int) int         { return positive(n) }
func positive(n int) int        { return plain(n) }

func plain(n int) int {
	if n < 0 {
		panic("negative")
	}
	return n
}

type tally struct {
	mu  sync.Mutex
	sum int
}

func (t *tally) add(n int) {
	t.mu.Lock() // want "t.mu stays locked when plain panics and answer recovers"
	t.sum += positive(n)
	t.mu.Unlock()
}

func answer(request func()) (ok bool) {
	defer func() { ok = recover() == nil }()
	request()
	return
}

func both(a *audit, t *tally, n int) bool {
	return answer(func() { a.all(n) }) && answer(func() { t.add(n) })
}
