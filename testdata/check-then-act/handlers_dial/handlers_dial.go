// Package main makes a proxy at its start, which the handlers of all requests dial when it is not connected.
package main

import (
	"errors"
	"net/http"
)

type client struct{ done chan struct{} }

func dial() *client { return &client{done: make(chan struct{})} }

type proxy struct{ client *client }

func newProxy() *proxy { return &proxy{} }

func (p *proxy) connect() *client {
	if p.client != nil { // step "tests p.client"
		return p.client
	}
	p.client = dial() // want "proxy.connect tests p.client and then sets it without a lock: two goroutines may both create one"
	return p.client
}

func ping(c *client) error {
	if c == nil {
		return errors.New("not connected")
	}
	return nil
}

// renew asks something of the client that there is, not whether there is one: any other race than a second dial.
func (p *proxy) renew() error {
	if err := ping(p.client); err != nil {
		return err
	}
	p.client = dial()
	return nil
}

func main() {
	p := newProxy()
	http.HandleFunc("/", func(http.ResponseWriter, *http.Request) { <-p.connect().done })
	http.HandleFunc("/renew", func(http.ResponseWriter, *http.Request) { _ = p.renew() })
	_ = http.ListenAndServe(":0", nil)
}
