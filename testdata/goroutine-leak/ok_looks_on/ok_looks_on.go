// Package ok_looks_on has goroutines that run as long as the process, that are told to end, or whose variable others
// have as well.
package ok_looks_on

import (
	"log"
	"sync/atomic"
	"time"
)

type progress struct{ done, total atomic.Int64 }

var all progress

func transfer(steps []func() error) error {
	var p progress
	p.total.Store(int64(len(steps)))
	done := make(chan struct{})
	defer close(done)
	go func() {
		for {
			select {
			case <-time.After(time.Second):
				log.Printf("%d of %d", p.done.Load(), p.total.Load())
			case <-done:
				return
			}
		}
	}()
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
		p.done.Add(1)
	}
	return nil
}

func watch() {
	all.total.Add(1)
	go func() {
		for {
			time.Sleep(time.Second)
			log.Print(all.done.Load())
		}
	}()
	all.done.Add(1)
}

// clock gives out what its goroutine keeps up to date.
func clock() func() int64 {
	var now atomic.Int64
	go func() {
		for {
			now.Store(time.Now().Unix())
			time.Sleep(time.Second)
		}
	}()
	now.Store(time.Now().Unix())
	return func() int64 { return now.Load() }
}

func started() *progress {
	p := &progress{}
	go func() {
		for {
			time.Sleep(time.Second)
			log.Print(p.done.Load())
		}
	}()
	p.total.Add(1)
	return p
}
