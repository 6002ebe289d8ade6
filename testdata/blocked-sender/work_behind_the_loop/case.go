// case: min-confidence=medium

// Package work_behind_the_loop gives up at the first error, and otherwise never comes to what follows the loop.
package work_behind_the_loop

import (
	"io"
	"sync"
)

type page struct {
	text string
	err  error
}

func write(loads []func() page, to io.StringWriter, finish func() error) error {
	pages := make(chan page, 64) // step "the channel is made"
	var wg sync.WaitGroup
	for _, load := range loads {
		wg.Go(func() { pages <- load() }) // step "a goroutine is started"
	}
	for page := range pages { // want "pages may wait for ever: nobody closes it"
		if page.err != nil {
			return page.err
		}
		_, _ = to.WriteString(page.text)
	}
	return finish()
}
