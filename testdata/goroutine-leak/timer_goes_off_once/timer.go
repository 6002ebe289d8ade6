// Package timer_goes_off_once takes a timer for a ticker: it sends one value, and the loop waits for more.
package timer_goes_off_once

import (
	"context"
	"time"
)

func purge(interval time.Duration, once func()) {
	timer := time.NewTimer(interval) // want "this timer goes off once, and purge waits for it again and again"
	for range timer.C {
		once()
	}
}

func catchUp(ctx context.Context, behind func() time.Duration) error {
	timer := time.NewTimer(time.Second) // want "this timer goes off once, and catchUp waits for it again and again"
	defer timer.Stop()
	for behind() > time.Second {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
		}
	}
	return nil
}

func ticks(interval time.Duration, once func()) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for range ticker.C {
		once()
	}
}

func resets(ctx context.Context, interval time.Duration, once func()) {
	timer := time.NewTimer(interval)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
			once()
			timer.Reset(interval)
		}
	}
}

func anew(rounds int, once func()) {
	for range rounds {
		timer := time.NewTimer(time.Second)
		<-timer.C
		once()
	}
}

// firstSoon means the one early round.
func firstSoon(ctx context.Context, interval time.Duration, once func()) {
	soon := time.NewTimer(time.Second)
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-soon.C:
			once()
		case <-ticker.C:
			once()
		}
	}
}

func limits(limit time.Duration, values <-chan int) (sum int) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	for {
		select {
		case <-timer.C:
			return sum
		case value := <-values:
			sum += value
		}
	}
}

func either(ctx context.Context, failed func() bool) {
	for {
		var timer *time.Timer
		if failed() {
			timer = time.NewTimer(time.Second)
		} else {
			timer = time.NewTimer(time.Minute)
		}
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
	}
}

// heartbeats was to beat until the context ends.
func heartbeats(ctx context.Context, interval time.Duration, beat func()) (stop func()) {
	ticker := time.NewTicker(interval)
	go func() {
		select { // want "this goroutine ends after one tick"
		case <-ticker.C:
			beat()
		case <-ctx.Done():
		}
	}()
	return ticker.Stop
}

func heartbeatsOfItsOwn(done chan struct{}, beat func()) {
	go func() {
		t := time.NewTicker(time.Second)
		defer t.Stop()
		select { // want "this goroutine ends after one tick"
		case <-done:
			return
		case <-t.C:
			beat()
		}
	}()
}

func beatsOn(ctx context.Context, interval time.Duration, beat func()) {
	ticker := time.NewTicker(interval)
	go func() {
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				beat()
			case <-ctx.Done():
				return
			}
		}
	}()
}

// beatOften looks once for each row whether it is time.
func beatOften(rows func(func()), beat func()) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	rows(func() {
		select {
		case <-ticker.C:
			beat()
		default:
		}
	})
}

// beatLater takes a ticker for a timer on its own goroutine: nobody expects more.
func beatLater(done chan struct{}, beat func()) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	select {
	case <-ticker.C:
		beat()
	case <-done:
	}
}
