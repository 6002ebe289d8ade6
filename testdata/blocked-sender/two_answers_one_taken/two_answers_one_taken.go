// Package two_answers_one_taken starts two goroutines and takes what one of them sends.
package two_answers_one_taken

func either(primary, backup func() error) error {
	answers := make(chan error)
	go func() { answers <- primary() }() // want "more values are sent than the receiver takes"
	go func() { answers <- backup() }()  // want "more values are sent than the receiver takes"
	return <-answers
}
