// Package return_before_receive has an early return between the start of a goroutine and the receive.
package return_before_receive

type file struct{ name string }

func (f *file) open() error { return nil }

func checksum(name string, out chan<- uint32) {
	var sum uint32
	for _, c := range name {
		sum = sum*31 + uint32(c)
	}
	out <- sum // want "send on out may wait for ever: the receiver may return"
}

func verify(f *file, want uint32) (bool, error) {
	sums := make(chan uint32)
	go checksum(f.name, sums) // step "goroutine is started"
	if err := f.open(); err != nil {
		return false, err // step "returns without receiving"
	}
	return <-sums == want, nil
}
