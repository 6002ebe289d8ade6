// Package ok_owner_loop keeps the map to one select loop and what it calls; the methods send messages (idiom C14).
package ok_owner_loop

type request struct {
	name  string
	reply chan int
}

type registry struct {
	adds  chan string
	asks  chan request
	stop  chan struct{}
	names map[string]int
}

func newRegistry() *registry {
	r := &registry{
		adds:  make(chan string),
		asks:  make(chan request),
		stop:  make(chan struct{}),
		names: map[string]int{},
	}
	go r.loop()
	return r
}

func (r *registry) loop() {
	for {
		select {
		case name := <-r.adds:
			r.add(name)
		case ask := <-r.asks:
			ask.reply <- r.names[ask.name]
		case <-r.stop:
			return
		}
	}
}

func (r *registry) add(name string) { r.names[name]++ }

func (r *registry) count(name string) int {
	ask := request{name, make(chan int, 1)}
	r.asks <- ask
	return <-ask.reply
}

func run(names []string) int {
	r := newRegistry()
	defer close(r.stop)
	done := make(chan int)
	for _, name := range names {
		go func() {
			r.adds <- name
			done <- r.count(name)
		}()
	}
	sum := 0
	for range names {
		sum += <-done
	}
	return sum
}
