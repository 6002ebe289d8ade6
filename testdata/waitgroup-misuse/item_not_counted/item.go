// Package item_not_counted waits until all letters are delivered; those that nobody delivers are not counted down.
package item_not_counted

import "sync"

type letter struct {
	address string
	text    string
}

type office struct {
	bag     chan *letter
	closing chan struct{}
	open    sync.WaitGroup
	deliver func(*letter) error
}

func (o *office) post(l *letter) bool {
	o.open.Add(1)
	select {
	case o.bag <- l:
		return true
	case <-o.closing:
		o.open.Done()
		return false
	}
}

func (o *office) carry() {
	for {
		select {
		case l := <-o.bag:
			o.bring(l)
		case <-o.closing:
			return
		}
	}
}

func (o *office) bring(l *letter) {
	if l.address == "" {
		return // want "open.Done is not called on a path on which office.bring returns: open.Wait never returns"
	}
	defer func() {
		o.open.Done() // not reached for a letter without an address
	}()
	_ = o.deliver(l)
}

func (o *office) Run(carriers int) {
	for range carriers {
		go o.carry()
	}
}

func (o *office) Flush() { o.open.Wait() }

func total(numbers []int, square func(int) (int, error)) int {
	var (
		mu      sync.Mutex
		sum     int
		pending sync.WaitGroup
	)
	work := make(chan int, 8)
	for range 4 {
		go func() {
			for n := range work {
				squared, err := square(n)
				if err != nil {
					continue
				}
				mu.Lock()
				sum += squared
				mu.Unlock()
				pending.Done() // want "pending.Done is not called on a path on which func literal in total goes on to the next item"
			}
		}()
	}
	for _, n := range numbers {
		pending.Add(1)
		work <- n
	}
	pending.Wait()
	close(work)
	return sum
}
