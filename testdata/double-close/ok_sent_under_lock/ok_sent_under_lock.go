// Package ok_sent_under_lock has senders that cannot meet a closed channel.
package ok_sent_under_lock

import "sync"

// board sends under the lock for reading.
type board struct {
	mu        sync.RWMutex
	listeners map[chan int]struct{}
}

func (b *board) listen() chan int {
	news := make(chan int, 16)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.listeners[news] = struct{}{}
	return news
}

func (b *board) leave(news chan int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.listeners, news)
	close(news)
}

func (b *board) okPublish(one int) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for news := range b.listeners {
		offer(news, one)
	}
}

func offer(news chan<- int, one int) {
	select {
	case news <- one:
	default:
	}
}

func useBoard(b *board) {
	go b.okPublish(1)
	news := b.listen()
	defer b.leave(news)
	<-news
}

// calls are answered by whoever takes them out.
type calls struct {
	mu      sync.Mutex
	waiting map[int]chan string
}

func (c *calls) take(id int) chan string {
	c.mu.Lock()
	defer c.mu.Unlock()
	call := c.waiting[id]
	delete(c.waiting, id)
	return call
}

func (c *calls) okAnswer(id int, answer string) {
	if call := c.take(id); call != nil {
		call <- answer
	}
}

func (c *calls) ask(id int) string {
	call := make(chan string, 1)
	c.mu.Lock()
	c.waiting[id] = call
	c.mu.Unlock()
	return <-call
}

func (c *calls) abort() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, call := range c.waiting {
		close(call)
	}
	c.waiting = nil
}

func useCalls(c *calls) {
	go c.okAnswer(1, "yes")
	go c.abort()
	c.ask(1)
}

// ticker waits for its only sender before it closes anything.
type ticker struct {
	mu        sync.Mutex
	group     sync.WaitGroup
	stop      chan struct{}
	listeners []chan int
}

func (t *ticker) listen() <-chan int {
	ticks := make(chan int, 1)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.listeners = append(t.listeners, ticks)
	return ticks
}

func (t *ticker) all() []chan int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]chan int(nil), t.listeners...)
}

func (t *ticker) okRun() {
	defer t.group.Done()
	for tick := 0; ; tick++ {
		select {
		case <-t.stop:
			return
		default:
		}
		for _, ticks := range t.all() {
			offer(ticks, tick)
		}
	}
}

func (t *ticker) end() {
	close(t.stop)
	t.group.Wait()
	t.closeAll()
}

func (t *ticker) closeAll() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, ticks := range t.listeners {
		close(ticks)
	}
}

func useTicker() {
	t := &ticker{stop: make(chan struct{})}
	t.group.Add(1)
	go t.okRun()
	<-t.listen()
	t.end()
}
