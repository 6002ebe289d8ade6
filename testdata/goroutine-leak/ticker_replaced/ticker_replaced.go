// Package ticker_replaced starts one more goroutine for each new ticker; those before wait for the old ones.
package ticker_replaced

import "time"

type cache struct {
	ticker *time.Ticker
	reload chan struct{}
}

func (c *cache) every(interval time.Duration) {
	if c.ticker != nil {
		c.ticker.Stop() // step "the ticker is stopped"
	}
	c.ticker = time.NewTicker(interval)
	go func() { // step "goroutine is started"
		for range c.ticker.C { // want "never ends: c.ticker is stopped, which does not close its channel"
			c.reload <- struct{}{}
		}
	}()
}
