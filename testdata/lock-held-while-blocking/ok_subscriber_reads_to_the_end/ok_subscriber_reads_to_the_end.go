// Package ok_subscriber_reads_to_the_end sends to a subscriber that leaves only when its channel is closed.
package ok_subscriber_reads_to_the_end

import "sync"

type feed struct {
	mu  sync.Mutex
	to  map[int]chan int
	sum int
}

func (f *feed) subscribe(id int) <-chan int {
	f.mu.Lock()
	defer f.mu.Unlock()
	to := make(chan int, 1)
	f.to[id] = to
	return to
}

func (f *feed) send(value int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, to := range f.to {
		to <- value
	}
}

func (f *feed) end() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, to := range f.to {
		close(to)
	}
	clear(f.to)
}

func (f *feed) follow(id int) {
	sum := 0
	for value := range f.subscribe(id) {
		sum += value
	}
	f.mu.Lock()
	f.sum += sum
	f.mu.Unlock()
}

func run() {
	f := &feed{to: map[int]chan int{}}
	go f.follow(1)
	f.send(1)
	f.end()
}
