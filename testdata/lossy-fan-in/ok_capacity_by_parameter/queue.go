// Package ok_capacity_by_parameter has queues that are large somewhere, that callers decide about, or that hold tokens.
package ok_capacity_by_parameter

type queue[E any] struct{ slots chan E }

func newQueue[E any](room int) *queue[E] { return &queue[E]{slots: make(chan E, room)} }

func (q *queue[E]) offer(e E) {
	select {
	case q.slots <- e:
	default:
	}
}

func fill(hosts []string) (*queue[string], *queue[string]) {
	small, large := newQueue[string](1), newQueue[string](4096)
	for _, host := range hosts {
		go small.offer(host)
		go large.offer(host)
	}
	return small, large
}

func each(q *queue[string], use func(string)) {
	for host := range q.slots {
		use(host)
	}
}

type wakes[E any] struct{ slots chan E }

func newWakes[E any](room int) *wakes[E] { return &wakes[E]{slots: make(chan E, room)} }

func (w *wakes[E]) offer(e E) {
	select {
	case w.slots <- e:
	default:
	}
}

func wake(times int) *wakes[struct{}] {
	w := newWakes[struct{}](1)
	for range times {
		go w.offer(struct{}{})
	}
	return w
}

func sleep(w *wakes[struct{}], work func()) {
	for range w.slots {
		work()
	}
}

type feed struct{ values chan int }

func open(room int) *feed { return &feed{values: make(chan int, room)} }

func (f *feed) push(value int) {
	select {
	case f.values <- value:
	default:
	}
}

func pushAll(values []int) *feed {
	f := open(len(values))
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
