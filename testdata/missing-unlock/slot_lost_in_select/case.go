// Package slot_lost_in_select gives slots back unless something else comes first.
package slot_lost_in_select

import (
	"context"
	"time"
)

var uploads = make(chan struct{}, 4)

func upload(ctx context.Context, send func(context.Context) error) error {
	select {
	case uploads <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() {
		select { // want "a slot of uploads that upload has taken is lost when this select chooses another case"
		case <-uploads:
		case <-ctx.Done():
		}
	}()
	return send(ctx)
}

type crawler struct {
	slots chan struct{}
	fetch func(url string)
}

func newCrawler(most int) *crawler { return &crawler{slots: make(chan struct{}, most)} }

func (c *crawler) visit(ctx context.Context, url string) {
	c.slots <- struct{}{}
	defer c.leave(ctx)
	c.fetch(url)
}

func (c *crawler) leave(ctx context.Context) {
	done := ctx.Done()
	select { // want "a slot of c.slots that crawler.visit has taken is lost"
	case <-done:
	case <-c.slots:
	}
}

func each(urls []string, most int, fetch func(url string)) {
	tokens := make(chan bool, most)
	for _, url := range urls {
		tokens <- true
		go func() {
			defer func() {
				select { // want "a slot of tokens that each has taken is lost"
				case <-tokens:
				case <-time.After(time.Second):
				}
			}()
			fetch(url)
		}()
	}
}
