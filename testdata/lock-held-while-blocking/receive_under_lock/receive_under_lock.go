// Package receive_under_lock waits, with the lock that an event handler takes, for what the handler sends.
package receive_under_lock

import "sync"

type bus struct {
	events   chan int
	handlers []func(int)
}

func (b *bus) run(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		case event := <-b.events:
			for _, handle := range b.handlers {
				handle(event)
			}
		}
	}
}

func flush(b *bus) {
	var mu sync.Mutex
	done := make(chan bool)
	b.handlers = append(b.handlers, func(int) {
		mu.Lock()
		defer mu.Unlock()
		done <- true // want "mu is held while func literal in flush waits for done, but flush needs mu"
	})
	stop := make(chan struct{})
	go b.run(stop)
	b.events <- 1

	mu.Lock() // step "waits for mu"
	mu.Unlock()
	<-done // step "only after that receives from done"
	close(stop)
}

func run() {
	flush(&bus{events: make(chan int)})
}
