// Package ok_counted receives as many values as it started goroutines for.
package ok_counted

func sum(parts []func() int) int {
	values := make(chan int)
	started := 0
	for _, part := range parts {
		if part == nil {
			continue
		}
		started++
		go func() { values <- part() }()
	}
	total := 0
	for v := range values {
		total += v
		started--
		if started == 0 {
			break
		}
	}
	return total
}
