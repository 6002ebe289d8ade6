// Package object_dropped collects by a method of an object, and drops it at the first failure.
package object_dropped

type answer struct {
	value int
	err   error
}

type fan struct {
	answers chan answer
	asked   int
}

func newFan() *fan { return &fan{answers: make(chan answer)} }

func (f *fan) ask(question func() (int, error)) {
	f.asked++
	go func() {
		value, err := question()
		f.reply(answer{value, err})
	}()
}

func (f *fan) reply(a answer) {
	f.answers <- a // want "this send on f.answers may wait for ever: the receiver may stop before all values are received"
}

func (f *fan) sum() (total int, err error) {
	for i := 0; i < f.asked; i++ {
		a := <-f.answers
		if a.err != nil {
			return 0, a.err // step "stops receiving while more may come"
		}
		total += a.value
	}
	return total, nil
}

func total(questions []func() (int, error)) (int, error) {
	f := newFan()
	for _, question := range questions {
		f.ask(question)
	}
	return f.sum()
}

func totals(all [][]func() (int, error)) (sums []int) {
	for _, questions := range all {
		if sum, err := total(questions); err == nil {
			sums = append(sums, sum)
		}
	}
	return sums
}
