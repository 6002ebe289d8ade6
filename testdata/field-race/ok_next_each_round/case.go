// Package ok_next_each_round gives each goroutine the batch of its round, and begins another one.
package ok_next_each_round

type batch struct {
	items []int
	total int
	err   error
	done  chan struct{}
}

func newBatch() *batch { return &batch{done: make(chan struct{})} }

func (b *batch) finish(total int, err error) {
	b.total = total
	b.err = err
	close(b.done)
}

func (b *batch) result() (int, error) {
	<-b.done
	return b.total, b.err
}

func sum(items []int) (int, error) {
	total := 0
	for _, item := range items {
		total += item
	}
	return total, nil
}

type collector struct {
	in    chan int
	flush chan chan *batch
	stop  chan struct{}
}

func (c *collector) run() {
	current := newBatch()
	for {
		select {
		case <-c.stop:
			return
		case item := <-c.in:
			current.items = append(current.items, item)
		case asked := <-c.flush:
			full := current
			current = newBatch()
			asked <- full
			go full.finish(sum(full.items))
		}
	}
}

func (c *collector) total() (int, error) {
	asked := make(chan *batch)
	c.flush <- asked
	return (<-asked).result()
}
