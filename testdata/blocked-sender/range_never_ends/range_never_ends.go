// Package range_never_ends ranges over channels that nobody closes.
package range_never_ends

func sum(parts []func() int) (total int) {
	values := make(chan int)
	go func() { // step "a goroutine is started"
		for _, part := range parts {
			values <- part()
		}
	}()
	for v := range values { // want "nobody closes it"
		total += v
	}
	return total
}

func process(items []int, handle func(int)) {
	queue := make(chan int)
	for range 4 {
		go func() {
			for item := range queue { // want "nobody closes it"
				handle(item)
			}
		}()
	}
	for _, item := range items {
		queue <- item
	}
}

func numbers(limit int) int {
	out := make(chan int)
	go func() {
		for i := 0; ; i++ {
			out <- i // want "the receiver may stop"
		}
	}()
	for n := range out {
		if n > limit {
			return n
		}
	}
	return 0
}
