// Package roster computes who is in a room, when somebody joins.
package roster

import (
	"context"
	"net/http"

	"govetpy.test/watch-before-ensure/keys_of_helpers/kv"
)

// Names are those of the people in a room.
type Names []string

// Key is that of the roster of a room.
func Key(room string) string { return "rooms/" + room + "/roster" }

// TopicKey is that of what a room talks about.
func TopicKey(room string) string { return "rooms/" + room + "/topic" }

// Compute builds the roster of a room.
func Compute(ctx context.Context, c kv.Client, room string) error {
	members, err := kv.Load[Names](ctx, c, "rooms/"+room+"/members")
	if err != nil {
		return err
	}
	return kv.Save(ctx, c, Key(room), members)
}

// SetTopic begins a new topic.
func SetTopic(l *kv.Local, room, topic string) { l.Put(TopicKey(room), topic) }

// OnJoin handles those who join.
func OnJoin(c kv.Client) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := Compute(r.Context(), c, r.FormValue("room")); err != nil {
			http.Error(w, err.Error(), http.StatusConflict)
		}
	}
}

// OnTopic handles new topics.
func OnTopic(l *kv.Local) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		SetTopic(l, r.FormValue("room"), r.FormValue("topic"))
	}
}

// Deeper has a key that is put together of itself.
func Deeper(l *kv.Local, key string) {
	key = key + "/" + key
	l.Put(key, "")
}
