// Package ok_rows_and_walks fills maps in callbacks of visitors that run them here and now: rows of a query, a shuffle, a
// walk over a tree through an interface, an update that may call twice.
package ok_rows_and_walks

import (
	"errors"
	"math/rand"
	"sync"
)

type row map[string]string

type db struct {
	mu   sync.Mutex
	rows []row
}

func (d *db) query(_ string, onRow func(row) error) error {
	d.mu.Lock()
	rows := d.rows
	d.mu.Unlock()
	for _, r := range rows {
		if err := onRow(r); err != nil {
			return err
		}
	}
	return nil
}

func (d *db) counts() (map[string]int, error) {
	counts := make(map[string]int)
	err := d.query("SELECT cell", func(r row) error {
		counts[r["cell"]]++
		return nil
	})
	return counts, err
}

type node interface{ children() []node }

type leaf string

func (leaf) children() []node { return nil }

type branch []node

func (b branch) children() []node { return b }

func walk(visit func(node) (bool, error), nodes ...node) error {
	for _, n := range nodes {
		deeper, err := visit(n)
		if err != nil {
			return err
		}
		if deeper {
			if err := walk(visit, n.children()...); err != nil {
				return err
			}
		}
	}
	return nil
}

var errVersion = errors.New("changed in between")

func updateFields(update func(map[string]int) error) error {
	for {
		if err := update(map[string]int{}); !errors.Is(err, errVersion) {
			return err
		}
	}
}

func names(tree node) map[string]bool {
	found := make(map[string]bool)
	_ = walk(func(n node) (bool, error) {
		if name, isLeaf := n.(leaf); isLeaf {
			found[string(name)] = true
		}
		return true, nil
	}, tree)
	order := []string{"a", "b", "c"}
	rand.Shuffle(len(order), func(i, j int) {
		order[i], order[j] = order[j], order[i]
		found[order[i]] = true
	})
	seen := map[int]bool{}
	_ = updateFields(func(fields map[string]int) error {
		seen[len(seen)] = true
		fields["tries"] = len(seen)
		if len(seen) < 2 {
			return errVersion
		}
		return nil
	})
	return found
}

func run() {
	d := &db{rows: []row{{"cell": "a"}, {"cell": "b"}}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			_, _ = d.counts()
			names(branch{leaf("a"), branch{leaf("b")}})
		})
	}
	wg.Wait()
}
