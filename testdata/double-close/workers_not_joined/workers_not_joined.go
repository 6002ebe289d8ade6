// Package workers_not_joined closes the results when the last job is handed out, not when it is done.
package workers_not_joined

func run(jobs []func() int) (results []int) {
	out := make(chan int, len(jobs))
	for _, job := range jobs {
		go func() { out <- job() }() // step "panics"
	}
	close(out) // want "out may be closed while another goroutine still sends on it"
	for n := range out {
		results = append(results, n)
	}
	return results
}
