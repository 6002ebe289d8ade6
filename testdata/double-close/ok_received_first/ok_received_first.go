// Package ok_received_first has received all that comes before it closes.
package ok_received_first

func one(compute func() int) int {
	result := make(chan int)
	defer close(result)
	go func() { result <- compute() }()
	return <-result
}
