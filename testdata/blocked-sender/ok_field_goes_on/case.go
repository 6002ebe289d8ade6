// Package ok_field_goes_on has loops that nobody waits for, or that somebody ends.
package ok_field_goes_on

import "sync"

type printer struct {
	lines chan string
	jobs  chan func()
	wg    sync.WaitGroup
}

func start(print func(string)) *printer {
	p := &printer{lines: make(chan string), jobs: make(chan func())}
	p.wg.Add(1)
	go func() {
		defer p.wg.Done()
		for line := range p.lines {
			print(line)
		}
	}()
	go p.work()
	return p
}

// work lasts as long as the process.
func (p *printer) work() {
	for job := range p.jobs {
		job()
	}
}

func (p *printer) do(job func()) { p.jobs <- job }

func (p *printer) print(line string) { p.lines <- line }

func (p *printer) Close() {
	close(p.lines)
	p.wg.Wait()
}
