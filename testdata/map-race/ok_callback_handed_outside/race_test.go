package ok_callback_handed_outside

import "testing"

type rows []string

func (r rows) Rows(_ string, each func(string)) error {
	for _, row := range r {
		each(row)
	}
	return nil
}

func TestRace(t *testing.T) {
	shard := rows{"a", "b", "c", "d"}
	for range 200 {
		Count([]Conn{shard, shard, shard, shard}, "")
	}
}
