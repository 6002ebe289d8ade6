// Package owner_bypassed has a goroutine that owns a map, and a method that reads the map past it.
package owner_bypassed

type registry struct {
	adds  chan string
	stop  chan bool
	names map[string]int
}

func newRegistry() *registry {
	r := &registry{adds: make(chan string), stop: make(chan bool), names: map[string]int{}}
	go r.loop() // step "goroutine"
	return r
}

func (r *registry) loop() {
	for {
		select {
		case name := <-r.adds:
			r.names[name]++ // want "map .*names is written while another goroutine may read it"
		case <-r.stop:
			return
		}
	}
}

func (r *registry) count(name string) int {
	return r.names[name] // step "reads .*names"
}

func run(names []string) int {
	r := newRegistry()
	sum := 0
	for _, name := range names {
		r.adds <- name
		sum += r.count(name)
	}
	r.stop <- true
	return sum
}
