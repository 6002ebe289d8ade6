// Package ticker_kept_in_field ranges over a ticker by a variable, and stops it by the field where it is kept.
package ticker_kept_in_field

import "time"

type config struct {
	ticker *time.Ticker
	reload func()
}

func (c *config) setTTL(d time.Duration) {
	if c.ticker != nil {
		c.ticker.Stop()
	}
	t := time.NewTicker(d)
	c.ticker = t
	go func() {
		for range t.C { // want "never ends: t is stopped"
			c.reload()
		}
	}()
}
