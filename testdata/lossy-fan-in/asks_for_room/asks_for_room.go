// Package asks_for_room sends only where there is room, and forgets what does not fit.
package asks_for_room

type state struct {
	shard   string
	serving bool
}

const backlog = 4

type board struct {
	states, errors chan state
	shown          map[string]bool
}

func (b *board) offer(s state) bool {
	if len(b.states) == cap(b.states) {
		return false
	}
	b.states <- s // want "many goroutines send on b.states, which holds 4"
	return true
}

func (b *board) fail(s state) {
	if len(b.errors) < cap(b.errors) {
		b.errors <- s // want "many goroutines send on b.errors, which holds 4"
	}
}

func (b *board) follow(shard string, healthy func() bool) {
	for {
		if s := (state{shard, healthy()}); s.serving {
			b.offer(s)
		} else {
			b.fail(s)
		}
	}
}

func run(shards []string, healthy func() bool) {
	b := &board{states: make(chan state, backlog), errors: make(chan state, backlog), shown: map[string]bool{}}
	for _, shard := range shards {
		go b.follow(shard, healthy)
	}
	for {
		select {
		case s := <-b.states:
			b.shown[s.shard] = true
		case s := <-b.errors:
			b.shown[s.shard] = false
		}
	}
}
