// Package taken_by_a_function notes how far each partition was read, in a queue that is emptied by a function of its own.
package taken_by_a_function

type offset struct {
	partition int
	position  int64
}

type queue[T any] struct{ items chan T }

func newQueue[T any](size int) *queue[T] { return &queue[T]{items: make(chan T, size)} }

func (q *queue[T]) offer(item T) (ok bool) {
	select {
	case q.items <- item: // want "many goroutines send on q.items, which holds 8"
		ok = true
	default:
	}
	return
}

func (q *queue[T]) take() (T, bool) {
	item, ok := <-q.items
	return item, ok
}

func read(partition int, lengths []int64, offsets *queue[offset]) {
	var position int64
	for _, length := range lengths {
		position += length
		offsets.offer(offset{partition, position})
	}
}

func run(partitions [][]int64, positions map[int]int64) {
	offsets := newQueue[offset](8)
	for partition, lengths := range partitions {
		go read(partition, lengths, offsets)
	}
	for {
		item, ok := offsets.take()
		if !ok {
			return
		}
		positions[item.partition] = item.position
	}
}
