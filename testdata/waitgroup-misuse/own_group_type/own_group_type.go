// Package own_group_type has a type of its own that starts and counts, whose wait is before what the counted wait for.
package own_group_type

import (
	"errors"
	"sync"
)

type crew struct {
	mu    sync.Mutex
	group sync.WaitGroup
	slots chan struct{}
	errs  []error
}

func (c *crew) left() {
	<-c.slots
	c.group.Done()
}

func (c *crew) start(work func() error) {
	c.slots <- struct{}{}
	c.group.Add(1)
	go func() {
		defer c.left()
		if err := work(); err != nil {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.errs = append(c.errs, err)
		}
	}()
}

func (c *crew) join() error {
	c.group.Wait()
	return errors.Join(c.errs...)
}

func store(pages <-chan string, put func(string) error) error {
	for page := range pages { // step "a counted goroutine ranges until the channel is closed"
		if err := put(page); err != nil {
			return err
		}
	}
	return nil
}

func fetch(links []string, get func(string) string, put func(string) error) error {
	c := &crew{slots: make(chan struct{}, 4)}
	pages := make(chan string, 2)
	c.start(func() error { return store(pages, put) })
	for _, link := range links {
		c.start(func() error {
			pages <- get(link)
			return nil
		})
	}
	err := c.join() // want "c.join waits for a goroutine that ranges on a channel which is closed only after the wait"
	close(pages)
	return err
}

func emit(into chan<- string, links []string) {
	for _, link := range links {
		into <- link
	}
}

func collect(sets [][]string) (all []string) {
	c := &crew{slots: make(chan struct{}, 4)}
	found := make(chan string)
	for _, links := range sets {
		c.start(func() error {
			emit(found, links)
			return nil
		})
	}
	_ = c.join() // want "c.join waits for a goroutine that sends on a channel which is received from only after the wait"
	for link := range found {
		all = append(all, link)
	}
	return all
}

type indexer struct {
	workers sync.WaitGroup
	add     func(string)
}

func (x *indexer) work(words <-chan string) {
	defer x.workers.Done()
	for {
		word, ok := <-words
		if !ok {
			return
		}
		x.add(word)
	}
}

func (x *indexer) index(all []string) {
	words := make(chan string)
	for range 3 {
		x.workers.Add(1)
		go x.work(words)
	}
	for _, word := range all {
		words <- word
	}
	x.workers.Wait() // want "x.workers.Wait waits for a goroutine that ranges on a channel"
	close(words)
}

// twoCrews waits for the producers, closes, and then waits for the consumer.
func twoCrews(links []string, get func(string) string, put func(string) error) error {
	producers, consumers := &crew{slots: make(chan struct{}, 4)}, &crew{slots: make(chan struct{}, 1)}
	pages := make(chan string)
	consumers.start(func() error { return store(pages, put) })
	for _, link := range links {
		producers.start(func() error {
			pages <- get(link)
			return nil
		})
	}
	err := producers.join()
	close(pages)
	return errors.Join(err, consumers.join())
}

// oneOf takes the first page that there is.
func oneOf(links []string, get func(string) string) {
	c := &crew{slots: make(chan struct{}, 4)}
	pages := make(chan string, len(links))
	c.start(func() error {
		for page := range pages {
			if page != "" {
				return nil
			}
		}
		return errors.New("nothing")
	})
	for _, link := range links {
		pages <- get(link)
	}
	_ = c.join()
	close(pages)
}
