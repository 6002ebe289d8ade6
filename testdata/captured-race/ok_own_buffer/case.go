// Package ok_own_buffer has a buffer a goroutine, one behind a lock, and one that is read after the goroutines have ended.
package ok_own_buffer

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
)

func report(names []string) string {
	var out bytes.Buffer
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			var line strings.Builder
			line.WriteString(name)
			mu.Lock()
			defer mu.Unlock()
			fmt.Fprintln(&out, line.String())
		}()
	}
	wg.Wait()
	return out.String()
}

func lengths(names []string) int {
	out := bytes.NewBufferString("names")
	results := make(chan int)
	for range names {
		go func() { results <- out.Len() }()
	}
	sum := 0
	for range names {
		sum += <-results
	}
	return sum
}
