// Package cursor_left reads from a cursor until its caller has seen enough, and leaves the cursor's goroutine.
package cursor_left

type cursor struct{ lines chan string }

func open(text []string) *cursor {
	c := &cursor{lines: make(chan string)}
	go c.feed(text)
	return c
}

func (c *cursor) feed(text []string) {
	defer close(c.lines)
	for _, line := range text {
		c.lines <- line // want "this send on c.lines may wait for ever: the receiver may stop before all values are received"
	}
}

func (c *cursor) all() <-chan string { return c.lines }

func scan(text []string, enough func(string) bool) {
	c := open(text)
	lines := c.all()
	for line := range lines {
		if enough(line) {
			return // step "stops receiving while more may come"
		}
	}
}

func find(text []string, wanted string) (found bool) {
	scan(text, func(line string) bool {
		found = line == wanted
		return found
	})
	return found
}
