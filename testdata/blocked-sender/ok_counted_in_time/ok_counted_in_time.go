// Package ok_counted_in_time asks before it receives, or receives a given number of times.
package ok_counted_in_time

func start(members []func() error) chan error {
	answers := make(chan error, len(members))
	for _, member := range members {
		go func() { answers <- member() }()
	}
	return answers
}

func asksFirst(members []func() error, total int) (failed int) {
	if total == 0 {
		return 0
	}
	answers := start(members)
	count := 0
	for err := range answers {
		count++
		if err != nil {
			failed++
		}
		if count == total {
			break
		}
	}
	return failed
}

func inHeader(members []func() error, total int) (failed int) {
	answers := start(members)
	for count := 0; count < total; count++ {
		if <-answers != nil {
			failed++
		}
	}
	return failed
}
