// Package shared_buffer has goroutines write to one buffer, which has no lock of its own.
package shared_buffer

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
)

func report(names []string, check func(string) error) string {
	var out bytes.Buffer
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fmt.Fprintf(&out, "%s: %v\n", name, check(name)) // want "object out is written by several goroutines at once"
		}()
	}
	wg.Wait()
	return out.String()
}

func join(names []string) string {
	out := &strings.Builder{}
	done := make(chan struct{})
	go func() {
		for _, name := range names {
			out.WriteString(name) // want "object out is written while another goroutine may read it"
		}
		close(done)
	}()
	length := out.Len()
	<-done
	return out.String()[length:]
}
