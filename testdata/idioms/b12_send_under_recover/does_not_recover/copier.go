// Package does_not_recover sends on a channel that its owner closes on its way out, which may be before.
package does_not_recover

import "context"

type result struct{ rows int }

func copyTable(ctx context.Context, table string, copyRows func(string) int, prepare func(context.Context) error) (int, error) {
	results := make(chan *result)
	defer close(results) // want "results may be closed while another goroutine still sends on it"
	go func() {
		rows := copyRows(table)
		select {
		case results <- &result{rows}: // step "panics"
		case <-ctx.Done():
		}
	}()
	if err := prepare(ctx); err != nil {
		return 0, err
	}
	r := <-results
	return r.rows, nil
}
