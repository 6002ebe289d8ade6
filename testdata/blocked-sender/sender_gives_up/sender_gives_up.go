// Package sender_gives_up waits for a goroutine that may return without a word.
package sender_gives_up

type conn struct{}

func (*conn) ping() error { return nil }

func (*conn) version() string { return "" }

func version(c *conn) string {
	versions := make(chan string)
	go func() {
		if c.ping() != nil {
			return // step "returns without sending or closing"
		}
		versions <- c.version()
	}()
	return <-versions // want "receive from versions may wait for ever: the goroutine that should send"
}
