// Package ok_one_producer has one producer that runs once.
package ok_one_producer

type health struct{ name string }

func ok(names []string) {
	changes := make(chan *health, 2)
	go func() {
		for _, name := range names {
			select {
			case changes <- &health{name}:
			default:
			}
		}
		close(changes)
	}()
	for change := range changes {
		_ = change
	}
}
