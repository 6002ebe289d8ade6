package ok_release_called

import "sync"

// announced wraps a function in place, and has nothing that it could give back.
func announced(say func()) func() {
	stop := func() { say() }
	stop = sync.OnceFunc(stop)
	return stop
}
