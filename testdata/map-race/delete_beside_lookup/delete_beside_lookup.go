// Package delete_beside_lookup has a janitor that deletes in its own goroutine while the others look up.
package delete_beside_lookup

type conns struct {
	open map[int]bool
	done chan bool
}

func newConns() *conns {
	c := &conns{open: map[int]bool{}, done: make(chan bool)}
	for id := range 100 {
		c.open[id] = true
	}
	return c
}

func (c *conns) start() { go c.janitor() } // step "goroutine"

func (c *conns) janitor() {
	for id := range 100 {
		delete(c.open, id) // want "map c.open is written while another goroutine may read it"
	}
	c.done <- true
}

func (c *conns) has(id int) bool {
	_, ok := c.open[id] // step "reads c.open"
	return ok
}

func run() int {
	c := newConns()
	c.start()
	n := 0
	for id := range 100 {
		if c.has(id) {
			n++
		}
	}
	<-c.done
	return n
}
