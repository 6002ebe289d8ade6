// Package capacity_by_default has a room that nobody sets, so that the default holds.
package capacity_by_default

type options struct{ room int }

type feed struct{ values chan int }

func open(o options) *feed {
	if o.room <= 0 {
		o.room = 2
	}
	return &feed{values: make(chan int, o.room)} // step "a channel of capacity 2 is made"
}

func (f *feed) push(value int) {
	select {
	case f.values <- value: // want "many goroutines send on f.values, which holds 2"
	default:
	}
}

func fill(values []int) *feed {
	f := open(options{})
	for _, value := range values {
		go f.push(value)
	}
	return f
}

func (f *feed) sum() (total int) {
	for value := range f.values {
		total += value
	}
	return total
}
