// Package each_worker_closes has several goroutines that close the channel which they share when they end.
package each_worker_closes

func work(in <-chan int, out chan<- int) {
	defer close(out) // want "out is closed by each of several goroutines when it ends: the second close panics"
	for value := range in {
		out <- 2 * value
	}
}

func start(in <-chan int, workers int) <-chan int {
	out := make(chan int)
	for range workers {
		go work(in, out) // step "starts several"
	}
	return out
}

type pool struct{ in, out chan int }

func newPool(workers int) *pool {
	p := &pool{in: make(chan int), out: make(chan int)}
	for range workers {
		go func() {
			p.work()
		}()
	}
	go func() {
		for value := range 10 {
			p.in <- value
		}
		close(p.in)
	}()
	return p
}

func (p *pool) work() {
	for value := range p.in {
		p.out <- value
	}
	close(p.out) // want "p.out is closed by each of several goroutines when it ends: the second close panics"
}

func (p *pool) results() <-chan int { return p.out }

func both(a, b <-chan int) <-chan int {
	out := make(chan int)
	pump := func(in <-chan int) {
		for value := range in {
			out <- value
		}
		close(out) // want "out is closed by each of several goroutines when it ends: the second close panics"
	}
	go pump(a)
	go pump(b) // step "starts several"
	return out
}
