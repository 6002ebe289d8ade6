// Package signals_too_early has goroutines that say that they are done and go on working.
package signals_too_early

import "sync"

func badSent() (int, error) {
	var failed error
	sum := make(chan int, 1)
	go func() {
		n, err := add()
		sum <- n
		failed = err // want "variable failed is written while another goroutine may read it"
	}()
	n := <-sum
	return n, failed
}

func okSent() (int, error) {
	var failed error
	sum := make(chan int, 1)
	go func() {
		n, err := add()
		failed = err
		sum <- n
	}()
	n := <-sum
	return n, failed
}

// badDeferred closes first what it has deferred last.
func badDeferred() int {
	total := 0
	done := make(chan struct{})
	go func() {
		defer func() { total++ }() // want "variable total is written"
		defer close(done)
		add()
	}()
	<-done
	return total
}

func okDeferred() int {
	total := 0
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { total++ }()
		add()
	}()
	<-done
	return total
}

// tell signals in a callee, whose result is stored behind.
func tell(group *sync.WaitGroup) int {
	defer group.Done()
	n, _ := add()
	return n
}

func badTold() int {
	last := 0
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		last = tell(&group) // want "variable last is written"
	}()
	group.Wait()
	return last
}

// badPassedOn has a second goroutine that passes the signal on.
func badPassedOn() int {
	last := 0
	var group sync.WaitGroup
	done := make(chan struct{})
	group.Add(1)
	go func() {
		n, _ := add()
		group.Done()
		last = n // want "variable last is written"
	}()
	go func() {
		group.Wait()
		close(done)
	}()
	<-done
	return last
}

// okReady tells that it has begun, and later that it is done.
func okReady() int {
	last := 0
	ready, done := make(chan struct{}), make(chan struct{})
	go func() {
		close(ready)
		last, _ = add()
		close(done)
	}()
	<-ready
	<-done
	return last
}

// okRounds is waited for in each round.
func okRounds() int {
	last := 0
	rounds := make(chan int)
	go func() {
		defer close(rounds)
		for round := range 3 {
			rounds <- round
			last += round
		}
	}()
	for range rounds {
		add()
	}
	return last
}

// okAnswered waits for an answer to its signal.
func okAnswered() int {
	last := 0
	ask, answer := make(chan int), make(chan int)
	go func() {
		ask <- 1
		last += <-answer
		ask <- 2
	}()
	<-ask
	last++
	answer <- 1
	<-ask
	return last
}

func add() (int, error) { return 1, nil }
