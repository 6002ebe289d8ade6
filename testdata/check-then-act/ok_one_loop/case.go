// Package ok_one_loop has a loop that a helper starts as a goroutine, once for each object; it alone writes, in
// several functions: the lock is for those who read.
package ok_one_loop

import "sync"

type group struct{ running sync.WaitGroup }

func (g *group) spawn(run func()) {
	g.running.Add(1)
	go func() {
		defer g.running.Done()
		run()
	}()
}

// Voter counts terms.
type Voter struct {
	group
	mu    sync.Mutex
	term  int
	votes chan int
	reset chan struct{}
}

// New starts a voter.
func New() *Voter {
	v := &Voter{votes: make(chan int), reset: make(chan struct{})}
	v.setTerm(1)
	v.spawn(v.loop)
	return v
}

func (v *Voter) loop() {
	for {
		select {
		case vote, ok := <-v.votes:
			if !ok {
				return
			}
			v.follow(vote)
		case <-v.reset:
			v.setTerm(0)
		}
	}
}

func (v *Voter) follow(vote int) {
	if v.Term() < vote {
		v.setTerm(vote)
	}
}

// Term is the highest term seen.
func (v *Voter) Term() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.term
}

func (v *Voter) setTerm(term int) {
	v.mu.Lock()
	v.term = term
	v.mu.Unlock()
}

// Close ends the loop.
func (v *Voter) Close() {
	close(v.votes)
	v.running.Wait()
}
