// Package main asks several, and goes on with the first answer: there is room for the others.
package main

import (
	"fmt"
	"strings"
)

type answer struct {
	text string
	err  error
}

func fastest(key string, ask ...func(string) (string, error)) (string, error) {
	answers := make(chan answer, len(ask))
	for _, one := range ask {
		go func() {
			text, err := one(key)
			answers <- answer{text, err}
		}()
	}
	var err error
	for range ask {
		got := <-answers
		if got.err == nil {
			return got.text, nil
		}
		err = got.err
	}
	return "", err
}

func main() {
	text, err := fastest("key", func(key string) (string, error) { return key, nil })
	fmt.Println(strings.ToUpper(text), err)
}
