// Package ok_visitor_sends sends from a callback that is run for every item, and stops when its receiver does.
package ok_visitor_sends

import "context"

type book struct {
	title string
	last  bool
}

type shelf interface {
	visit(each func(book) error) error
}

type row []book

func (r row) visit(each func(book) error) error {
	for _, b := range r {
		if err := each(b); err != nil {
			return err
		}
	}
	return nil
}

type scanner struct{ scan func(context.Context, string) error }

func (s *scanner) scanAll(ctx context.Context, from shelf) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	books := make(chan book)
	go func() {
		defer close(books)
		_ = from.visit(func(b book) error {
			select {
			case books <- b:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	for b := range books {
		if err := s.scan(ctx, b.title); err != nil {
			return err
		}
	}
	return nil
}

func (s *scanner) scanAndDrain(ctx context.Context, from shelf) (failed error) {
	books := make(chan book)
	go func() {
		defer close(books)
		_ = from.visit(func(b book) error {
			books <- b
			return nil
		})
	}()
	for b := range books {
		if failed = s.scan(ctx, b.title); failed != nil {
			break
		}
	}
	for range books {
	}
	return failed
}

func (s *scanner) untilLast(from shelf) int {
	books, count := make(chan book), 0
	go func() {
		_ = from.visit(func(b book) error {
			books <- b
			return nil
		})
	}()
	for b := range books {
		count++
		if b.last {
			return count
		}
	}
	return count
}

type client interface {
	ask(question string, answer func(string)) error
}

func (s *scanner) ask(from client, questions []string) string {
	answers := make(chan string, 1)
	if from.ask(questions[0], func(answer string) { answers <- answer }) != nil {
		return ""
	}
	return <-answers
}

func (s *scanner) firstTitle(from shelf) string {
	titles := make(chan string)
	go func() {
		defer close(titles)
		found := false
		_ = from.visit(func(b book) error {
			if !found && b.last {
				found = true
				titles <- b.title
			}
			return nil
		})
	}()
	return <-titles
}
