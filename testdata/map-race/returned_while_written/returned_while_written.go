// Package returned_while_written returns a map that its goroutines still fill; the caller ranges over it.
package returned_while_written

func lookUp(hosts []string, wait chan bool) map[string]int {
	found := map[string]int{}
	for _, host := range hosts {
		go func() { // step "goroutine"
			found[host] = len(host) // want "map found is written by several goroutines at once"
			wait <- true
		}()
	}
	return found
}

func run(hosts []string) int {
	wait := make(chan bool, len(hosts))
	sum := 0
	for _, n := range lookUp(hosts, wait) {
		sum += n
	}
	for range hosts {
		<-wait
	}
	return sum
}
