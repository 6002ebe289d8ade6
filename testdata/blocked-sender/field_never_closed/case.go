// Package field_never_closed waits for goroutines that range over channels which nobody closes.
package field_never_closed

import "sync"

type printer struct {
	lines chan string
	spare chan []byte
	sums  chan int
	total chan int
	wg    sync.WaitGroup
}

func start(print func(string)) *printer {
	p := &printer{
		lines: make(chan string), spare: make(chan []byte, 4), sums: make(chan int), total: make(chan int),
	}
	p.wg.Add(1)
	go func() {
		defer p.wg.Done()
		for line := range p.lines { // want "p.lines may wait for ever: nobody closes it"
			print(line)
		}
	}()
	go p.add()
	return p
}

func (p *printer) add() {
	total := 0
	for sum := range p.sums { // want "p.sums may wait for ever: nobody closes it"
		total += sum
	}
	p.total <- total
}

func (p *printer) print(line string) { p.lines <- line }

func (p *printer) count(n int) { p.sums <- n }

func (p *printer) recycle(b []byte) { p.spare <- b }

func (p *printer) Close() int {
	for b := range p.spare { // want "p.spare may wait for ever: nobody closes it"
		clear(b)
	}
	p.wg.Wait()
	return <-p.total
}
