// Package reloaded_fields reads a configuration anew, field by field, while everybody uses it: one cause, told once.
package reloaded_fields

import "sync"

type config struct {
	host, user, password string
	port, retries        int
	limit                int
}

func (c *config) reload(host string) {
	c.host = host // want "field c.host is written .* so are 4 other fields of it here"
	c.user = host + "-user"
	c.password = ""
	c.port = 3306
	c.retries = len(host)
}

func (c *config) address() (string, string, string, int, int) {
	return c.host, c.user, c.password, c.port, c.retries
}

func serve(c *config) {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		for range 100 {
			c.reload("db")
		}
	}()
	go func() {
		defer wg.Done()
		for range 100 {
			c.address()
		}
	}()
	wg.Wait()
}

type pair struct{ first, second int }

func both() *pair {
	p := &pair{}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		p.first = 1  // want "field p.first is written"
		p.second = 1 // want "field p.second is written"
	}()
	go func() {
		defer wg.Done()
		p.first = 2
		p.second = 2
	}()
	wg.Wait()
	return p
}
