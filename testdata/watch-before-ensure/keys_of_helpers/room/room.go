// Package room follows who is in a room, and what they talk about.
package room

import (
	"context"
	"fmt"
	"log"

	"govetpy.test/watch-before-ensure/keys_of_helpers/kv"
	"govetpy.test/watch-before-ensure/keys_of_helpers/roster"
)

// Open follows the roster, which nobody has computed before the first has joined.
func Open(ctx context.Context, c kv.Client, room string) error {
	names, err := kv.Load[roster.Names](ctx, c, roster.Key(room))
	if err != nil {
		log.Printf("no roster: %v", err)
		return fmt.Errorf("room %s: %w", room, err)
	}
	changes, err := c.Subscribe(ctx, roster.Key(room)) // want "Open comes to a watch of roster.Key through c.Subscribe, but nothing before builds"
	if err != nil {
		return err
	}
	go func() {
		for range changes {
			log.Print(names)
		}
	}()
	return nil
}

// Board shows the topic.
type Board struct{ topic string }

// OnChange keeps the topic.
func (b *Board) OnChange(topic string, err error) {
	if err == nil {
		b.topic = topic
	}
}

// Show follows the topic.
func Show(l *kv.Local, room string, b *Board) {
	l.Listen(roster.TopicKey(room), b) // want "Show comes to a watch of roster.TopicKey through l.Listen"
}
