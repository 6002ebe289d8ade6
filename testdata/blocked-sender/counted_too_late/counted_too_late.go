// Package counted_too_late asks whether all answers are there only after one has come.
package counted_too_late

type group struct{ members int }

func (g *group) wait(answers chan error) (failed int) {
	count := 0
	for err := range answers { // want "the loop counts only after a receive, and there may be nothing to receive"
		count++
		if err != nil {
			failed++
		}
		if count == g.members { // step "asks only now"
			break
		}
	}
	return failed
}

func ask(members []func() error) int {
	answers := make(chan error)
	for _, member := range members {
		go func() { answers <- member() }()
	}
	g := &group{members: len(members)}
	return g.wait(answers)
}
