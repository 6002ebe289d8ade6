// Package never_closed ranges over a channel that is closed on the good path only.
package never_closed

import "bufio"

func count(in *bufio.Scanner) (n int) {
	lines := make(chan string, 4)
	go func() {
		for in.Scan() {
			lines <- in.Text()
		}
		if in.Err() != nil {
			return // step "returns without sending or closing"
		}
		close(lines)
	}()
	for range lines { // want "receive from lines may wait for ever"
		n++
	}
	return n
}
