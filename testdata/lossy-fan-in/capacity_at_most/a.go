// Package capacity_at_most has rooms that a built-in function bounds from above or from below.
package capacity_at_most

type settings struct{ room int }

const mostRoom = 3

type wire struct{ news chan int }

func open(s settings) *wire {
	return &wire{news: make(chan int, min(s.room, mostRoom))} // step "a channel of capacity 3 is made"
}

func (w *wire) push(value int) {
	select {
	case w.news <- value: // want "many goroutines send on w.news, which holds 3"
	default:
	}
}

func fill(s settings, values []int) *wire {
	w := open(s)
	for _, value := range values {
		go w.push(value)
	}
	return w
}

func (w *wire) sum() (total int) {
	for value := range w.news {
		total += value
	}
	return total
}

type roomy struct{ news chan int }

func openRoomy(s settings) *roomy { return &roomy{news: make(chan int, max(s.room, mostRoom))} }

func (r *roomy) push(value int) {
	select {
	case r.news <- value:
	default:
	}
}

func fillRoomy(s settings, values []int) *roomy {
	r := openRoomy(s)
	for _, value := range values {
		go r.push(value)
	}
	return r
}

func (r *roomy) sum() (total int) {
	for value := range r.news {
		total += value
	}
	return total
}
