// Package visitor_sends sends from a callback that is run for every item, while the receiver gives up at the first error.
package visitor_sends

import (
	"context"
	"errors"
)

type book struct {
	title string
	pages int
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
	books := make(chan book)
	go func() {
		defer close(books)
		_ = from.visit(func(b book) error {
			books <- b // want "this send on books may wait for ever: the receiver may stop before all values are received"
			return nil
		})
	}()
	for b := range books {
		if err := s.scan(ctx, b.title); err != nil {
			return err
		}
	}
	return nil
}

// archive has no implementation here.
type archive interface {
	each(ctx context.Context, f func(book)) error
}

type counter struct{ limit int }

func (c counter) count(ctx context.Context, in archive, full func(int) bool) (int, error) {
	books, failed := make(chan book), make(chan error, 1)
	put := func(b book) { books <- b } // want "this send on books may wait for ever"
	go func() {
		failed <- in.each(ctx, put)
		close(books)
	}()
	pages := 0
	for b := range books {
		pages += b.pages
		if full(pages) {
			return pages, errors.New("too many pages")
		}
	}
	return pages, <-failed
}

type belt struct{ books chan book }

func (b *belt) put(one book) error {
	b.books <- one // want "this send on b.books may wait for ever: the receiver may stop before all values are received"
	return nil
}

func (s *scanner) scanBelt(ctx context.Context, from shelf) error {
	b := &belt{books: make(chan book)}
	failed := make(chan error, 1)
	go func() {
		failed <- from.visit(b.put)
		close(b.books)
	}()
	for one := range b.books {
		if err := s.scan(ctx, one.title); err != nil {
			return err
		}
	}
	return <-failed
}

func (s *scanner) scanBeside(ctx context.Context, in archive) error {
	books, failed := make(chan book), make(chan error, 1)
	go func() {
		for b := range books {
			if err := s.scan(ctx, b.title); err != nil {
				failed <- err
				return
			}
		}
		failed <- nil
	}()
	err := in.each(ctx, func(b book) {
		books <- b // want "this send on books may wait for ever: the receiver may stop before all values are received"
	})
	close(books)
	return errors.Join(err, <-failed)
}
