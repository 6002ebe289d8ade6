// Package ok_ticker_and_quit tells the goroutine of a ticker that it is replaced; another ticker is never stopped.
package ok_ticker_and_quit

import "time"

type config struct {
	ticker *time.Ticker
	quit   chan struct{}
	reload func()
}

func (c *config) setTTL(d time.Duration) {
	if c.ticker != nil {
		c.ticker.Stop()
		close(c.quit)
	}
	t, quit := time.NewTicker(d), make(chan struct{})
	c.ticker, c.quit = t, quit
	go func() {
		for {
			select {
			case <-t.C:
				c.reload()
			case <-quit:
				return
			}
		}
	}()
}

func forEver(d time.Duration, reload func()) {
	t := time.NewTicker(d)
	go func() {
		for range t.C {
			reload()
		}
	}()
}
