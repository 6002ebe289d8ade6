// Package ok_room_for_all has as much room as there are senders, each of which sends once (idiom B4).
package ok_room_for_all

type answer struct {
	shard string
	rows  int
}

func ok(shards []string, exec func(string) int) int {
	answers := make(chan *answer, len(shards))
	for _, shard := range shards {
		go func() {
			select {
			case answers <- &answer{shard, exec(shard)}:
			default:
			}
		}()
	}
	total := 0
	for range shards {
		a := <-answers
		total += a.rows
	}
	return total
}
