// Package charts keeps the charts of fields.
package charts

import (
	"context"
	"errors"
	"sync"
)

// ErrNone says that there is no chart.
var ErrNone = errors.New("charts: none")

// Box has the charts.
type Box struct {
	mu     sync.Mutex
	charts map[string]string
}

// GetChart reads the chart of a field.
func (b *Box) GetChart(ctx context.Context, field string) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if chart, ok := b.charts[field]; ok {
		return chart, ctx.Err()
	}
	return "", ErrNone
}

// CreateChart draws the chart of a field.
func (b *Box) CreateChart(ctx context.Context, field string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.charts == nil {
		b.charts = map[string]string{}
	}
	b.charts[field] = "chart of " + field
	return ctx.Err()
}

// WatchChart gives the chart of a field, which must be there, and its changes.
func (b *Box) WatchChart(ctx context.Context, field string) (<-chan string, error) {
	chart, err := b.GetChart(ctx, field)
	if err != nil {
		return nil, err
	}
	changes := make(chan string, 1)
	changes <- chart
	return changes, nil
}
