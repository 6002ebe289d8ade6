// Package ok_item_sent_on counts each item down once: when it is done, given up, or not queued at all.
package ok_item_sent_on

import "sync"

type letter struct {
	address string
	tries   int
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
	for l := range o.bag {
		o.bring(l)
	}
}

func (o *office) bring(l *letter) {
	if err := o.deliver(l); err != nil && l.tries < 3 {
		l.tries++
		o.bag <- l
		return
	}
	o.open.Done()
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
					pending.Done()
					continue
				}
				mu.Lock()
				sum += squared
				mu.Unlock()
				pending.Done()
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
