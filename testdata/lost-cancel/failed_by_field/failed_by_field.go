// Package failed_by_field looks for an error in what another call has returned: this watch goes on.
package failed_by_field

import "context"

type Data struct {
	Value string
	Err   error
}

func watch(ctx context.Context) (*Data, <-chan *Data, func()) {
	inner, cancel := context.WithCancel(ctx)
	changes := make(chan *Data)
	go func() {
		defer close(changes)
		<-inner.Done()
	}()
	return &Data{}, changes, cancel
}

func follow(ctx context.Context, read func() *Data, update func(string)) error {
	before := read()
	current, changes, cancel := watch(ctx) // want "cancel is not called on a path on which follow returns"
	if before.Err != nil {
		return before.Err
	}
	defer cancel()
	update(current.Value)
	for data := range changes {
		update(data.Value)
	}
	return nil
}
