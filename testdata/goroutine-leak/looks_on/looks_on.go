// Package looks_on starts a goroutine for each copy, which reports how far it is, and goes on when the copy is done.
package looks_on

import (
	"log"
	"sync/atomic"
	"time"
)

type progress struct{ done, total atomic.Int64 }

func transfer(steps []func() error) error {
	var p progress
	p.total.Store(int64(len(steps)))
	go func() { // want "this goroutine never ends: it looks at p when the function that it belongs to has returned"
		for {
			time.Sleep(time.Second)
			log.Printf("%d of %d", p.done.Load(), p.total.Load())
		}
	}()
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
		p.done.Add(1) // step "changes here for the last time"
	}
	return nil
}
