// Package ok_range_goes_on ranges as long as values come, or leaves the loop by itself.
package ok_range_goes_on

func serve(poll func() int, handle func(int)) {
	events := make(chan int)
	go func() {
		for {
			events <- poll()
		}
	}()
	for event := range events {
		handle(event)
	}
}

func counted(parts []func() int) (total int) {
	values := make(chan int)
	for _, part := range parts {
		go func() { values <- part() }()
	}
	left := len(parts)
	for v := range values {
		total += v
		if left--; left == 0 {
			break
		}
	}
	return total
}
