package ok_owner_ticks

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// rules are read anew at each hang-up, and every so often: that is as long as the process runs.
type rules struct{ load func() }

func (r *rules) watch(every time.Duration) {
	hangUps := make(chan os.Signal, 1)
	signal.Notify(hangUps, syscall.SIGHUP)
	go func() {
		for range hangUps {
			r.load()
		}
	}()
	go func() {
		for range time.NewTicker(every).C {
			hangUps <- syscall.SIGHUP
		}
	}()
}

func (r *rules) Close() {}
