package ok_library_of_parts

import "testing"

func TestRace(t *testing.T) {
	shard := Shard{Rows: make([]Row, 100)}
	for at := range shard.Rows {
		shard.Rows[at] = Row{string(rune('a' + at))}
	}
	for range 20 {
		d := &Distinct{&Scatter{[]Shard{shard, shard, shard, shard}}}
		if err := d.Stream(func(Row) {}); err != nil {
			t.Fatal(err)
		}
	}
}
