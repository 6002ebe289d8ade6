// Package last_stage_not_closed closes the input of the first of two stages only.
package last_stage_not_closed

type chain struct {
	first chan int
}

func start(factors []int, use func(int)) *chain {
	c := &chain{first: make(chan int)}
	from := c.first
	for _, factor := range factors {
		from = c.multiply(from, factor)
	}
	go each(from, use) // want "this goroutine ends when values is closed, which nobody does"
	return c
}

func (c *chain) multiply(from <-chan int, factor int) chan int {
	to := make(chan int, 4)
	go scale(from, to, factor) // want "this goroutine ends when from is closed, which nobody does"
	return to
}

func scale(from <-chan int, to chan<- int, factor int) {
	for value := range from {
		to <- value * factor
	}
}

func each(values <-chan int, use func(int)) {
	for value := range values {
		use(value)
	}
}

func (c *chain) end() {
	close(c.first)
}
