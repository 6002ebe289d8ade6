// Package first_answer_wins asks all servers and takes one answer: the others never get rid of theirs.
package first_answer_wins

type server interface{ ask(query string) string }

func fastest(servers []server, query string) string {
	answers := make(chan string) // step "made without a buffer"
	for _, s := range servers {
		go func() { // step "goroutine is started"
			answers <- s.ask(query) // want "send on answers may wait for ever: more values are sent than the receiver takes"
		}()
	}
	return <-answers // step "receives once"
}
