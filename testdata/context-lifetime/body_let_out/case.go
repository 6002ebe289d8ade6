// Package body_let_out returns what is still to be read when the context of its request has ended.
package body_let_out

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"time"
)

type mirror struct {
	client *http.Client
	last   io.ReadCloser
}

func (m *mirror) ask(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return m.client.Do(req)
}

// Lines is a part of the answer, and read through something else.
func (m *mirror) Lines(ctx context.Context, url string) (*bufio.Scanner, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	answer, err := m.ask(ctx, url) // want "what m.ask returns is let out, but its context ends"
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		answer.Body.Close()
		return nil, fmt.Errorf("%s: %s", url, answer.Status)
	}
	unpacked, err := gzip.NewReader(answer.Body)
	if err != nil {
		return nil, err
	}
	return bufio.NewScanner(unpacked), nil
}

// Fetch has the request under its context, and returns the answer.
func Fetch(ctx context.Context, url string) (answer *http.Response, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil) // want "what http.NewRequestWithContext returns is let out"
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil && answer != nil {
			answer.Body.Close()
		}
	}()
	answer, err = http.DefaultClient.Do(req)
	return
}

func (m *mirror) open(ctx context.Context, url string) (io.ReadCloser, error) {
	answer, err := m.ask(ctx, url)
	if err != nil {
		return nil, err
	}
	return answer.Body, nil
}

type source interface {
	open(ctx context.Context, url string) (io.ReadCloser, error)
}

var _ source = (*mirror)(nil)

// Head asks an interface for the body.
func Head(ctx context.Context, from source, url string) (io.Reader, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	body, err := from.open(ctx, url) // want "what from.open returns keeps a context that ends with this function"
	if err != nil {
		return nil, err
	}
	return io.LimitReader(body, 1024), nil
}

// Remember puts the body into its object.
func (m *mirror) Remember(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	answer, err := m.ask(ctx, url) // want "what m.ask returns is let out"
	if err != nil {
		return err
	}
	m.last = answer.Body
	return nil
}

// Output returns the pipe of a command that ends with the context.
func Output(ctx context.Context, name string) (io.ReadCloser, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	command := exec.CommandContext(ctx, name) // want "what exec.CommandContext returns is let out"
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return out, command.Start()
}

type found struct {
	answer *http.Response
	err    error
}

// First sends the answers on, whose contexts end then.
func (m *mirror) First(ctx context.Context, urls []string) (*http.Response, error) {
	all := make(chan found, len(urls))
	for _, url := range urls {
		go func() {
			ctx, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			answer, err := m.ask(ctx, url) // want "what m.ask returns is let out"
			all <- found{answer, err}
		}()
	}
	first := <-all
	return first.answer, first.err
}

// All collects what is to be read.
func (m *mirror) All(ctx context.Context, urls []string) (all []io.Reader, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for _, url := range urls {
		answer, err := m.ask(ctx, url) // want "what m.ask returns is let out"
		if err != nil {
			return nil, err
		}
		all = append(all, answer.Body)
	}
	return all, nil
}

// Send gives the body to whoever receives first, if somebody does.
func (m *mirror) Send(ctx context.Context, url string, to chan<- io.ReadCloser) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	answer, err := m.ask(ctx, url) // want "what m.ask returns is let out"
	if err != nil {
		return err
	}
	select {
	case to <- answer.Body:
		return nil
	case <-ctx.Done():
		answer.Body.Close()
		return ctx.Err()
	}
}
