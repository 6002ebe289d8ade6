// Package room follows who is in a room, and what they talk about.
package room

import (
	"context"
	"errors"
	"log"

	"govetpy.test/watch-before-ensure/ok_keys_of_helpers/kv"
	"govetpy.test/watch-before-ensure/ok_keys_of_helpers/roster"
)

// Open follows the roster, and has it computed before the first has joined.
func Open(ctx context.Context, c kv.Client, room string) error {
	names, err := kv.Load[roster.Names](ctx, c, roster.Key(room))
	if errors.Is(err, kv.ErrMissing) {
		err = roster.Compute(ctx, c, room)
	}
	if err != nil {
		return err
	}
	changes, err := c.Subscribe(ctx, roster.Key(room))
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

// Show follows the topic, which it begins.
func Show(l *kv.Local, room string, b *Board) {
	if _, err := l.Get(roster.TopicKey(room)); err != nil {
		roster.SetTopic(l, room, "anything")
	}
	l.Listen(roster.TopicKey(room), b)
}
