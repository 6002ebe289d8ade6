// Command node serves a room.
package main

import (
	"context"
	"log"
	"net/http"

	"govetpy.test/watch-before-ensure/keys_of_helpers/kv"
	"govetpy.test/watch-before-ensure/keys_of_helpers/room"
	"govetpy.test/watch-before-ensure/keys_of_helpers/roster"
)

func main() {
	l := kv.New()
	http.Handle("/join", roster.OnJoin(l))
	http.Handle("/topic", roster.OnTopic(l))
	if err := room.Open(context.Background(), l, "lobby"); err != nil {
		log.Fatal(err)
	}
	room.Show(l, "lobby", &room.Board{})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
