// Package ok_one_token lets one goroutine in at a time: there is one token, which each of them gives back.
package ok_one_token

import "sync"

func sum(values []int) int {
	total := 0
	token := make(chan struct{}, 1)
	token <- struct{}{}
	var wg sync.WaitGroup
	for _, value := range values {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-token
			total += value
			token <- struct{}{}
		}()
	}
	wg.Wait()
	return total
}
