// Package slot_for_a_goroutine takes slots for goroutines that give them back, and skips one without.
package slot_for_a_goroutine

import (
	"context"
	"sync"
)

type crawler struct {
	slots chan struct{}
	head  func(string)
}

func newCrawler(most int, head func(string)) *crawler {
	return &crawler{slots: make(chan struct{}, most), head: head}
}

func (c *crawler) acquire(ctx context.Context) error {
	select {
	case c.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *crawler) release() { <-c.slots }

func (c *crawler) check(ctx context.Context, links []string) error {
	var group sync.WaitGroup
	defer group.Wait()
	for _, link := range links {
		if err := c.acquire(ctx); err != nil {
			return err // want "what crawler.acquire has taken is not given back on a path on which crawler.check returns"
		}
		if link == "" {
			continue
		}
		group.Add(1)
		go func() {
			defer group.Done()
			defer c.release()
			c.head(link)
		}()
	}
	return nil
}

func (c *crawler) once(links []string) {
	var group sync.WaitGroup
	for _, link := range links { // want "a slot of c.slots is not given back on a path on which crawler.once returns"
		c.slots <- struct{}{}
		if link == "" {
			continue
		}
		group.Add(1)
		go func() {
			defer group.Done()
			defer c.release()
			c.head(link)
		}()
	}
	group.Wait()
}
