// Package nobody_receives reports errors to a channel that is never read.
package nobody_receives

import "sync"

func restart(nodes []func() error) {
	var wg sync.WaitGroup
	failures := make(chan error) // step "the channel is made"
	for _, node := range nodes {
		wg.Add(1)
		go func() {
			defer wg.Done()
			var err error
			defer func() { failures <- err }() // want "send on failures may wait for ever: nobody receives from it"
			err = node()
		}()
	}
}
