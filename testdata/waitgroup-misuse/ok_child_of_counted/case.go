// Package ok_child_of_counted adds on a goroutine that is itself counted: the group cannot be at zero.
package ok_child_of_counted

import "sync"

type crawler struct {
	wg sync.WaitGroup
}

func (c *crawler) crawl(links []string, fetch func(string) []string) {
	for _, link := range links {
		c.wg.Add(1)
		go func() {
			defer c.wg.Done()
			c.crawl(fetch(link), fetch)
		}()
	}
}

func (c *crawler) run(links []string, fetch func(string) []string) {
	c.crawl(links, fetch)
	c.wg.Wait()
}

type server struct {
	wg sync.WaitGroup
}

func (s *server) serve(requests <-chan int) {
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		for range requests {
			s.handle()
		}
	}()
}

func (s *server) handle() {
	s.wg.Add(1)
	defer s.wg.Done()
}

func (s *server) close() { s.wg.Wait() }
