// Package stale_defer defers literals that release what a variable holds in the end.
package stale_defer

import (
	"bufio"
	"database/sql"
	"errors"
	"io"
	"os"
)

type store interface {
	create(name string) (io.WriteCloser, error)
}

// export writes its data and then its index, by the same variable.
func export(s store, data io.Reader) (err error) {
	part, err := s.create("data")
	if err != nil {
		return err
	}
	defer func() { // step "releases what part holds when it runs"
		err = errors.Join(err, part.Close())
	}()
	buffered := bufio.NewWriter(part)
	if _, err = io.Copy(buffered, data); err != nil {
		return err
	}
	if err = buffered.Flush(); err != nil {
		return err
	}
	part, err = s.create("index") // want "part gets what s.create returns: the deferred literal releases that"
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, part.Close())
	}()
	_, err = part.Write([]byte("{}"))
	return err
}

// move leaves its first transaction open where nothing fails.
func move(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err = tx.Exec("delete from here"); err != nil {
		return err
	}
	if tx, err = db.Begin(); err != nil { // want "tx gets what db.Begin returns"
		return err
	}
	if _, err = tx.Exec("insert into there"); err != nil {
		return err
	}
	return tx.Commit()
}

func concatenate(out io.Writer, names []string) error {
	var file *os.File
	for _, name := range names {
		var err error
		if file, err = os.Open(name); err != nil { // want "file gets what os.Open returns"
			return err
		}
		defer func() { _ = file.Close() }()
		if _, err = io.Copy(out, file); err != nil {
			return err
		}
	}
	return nil
}

// committed ends its first transaction before there is another one.
func committed(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err = tx.Exec("delete from here"); err != nil {
		return err
	}
	if err = tx.Commit(); err != nil {
		return err
	}
	if tx, err = db.Begin(); err != nil {
		return err
	}
	_, err = tx.Exec("insert into there")
	return errors.Join(err, tx.Commit())
}

// given gives the literal what it is to close.
func given(s store) error {
	part, err := s.create("data")
	if err != nil {
		return err
	}
	defer func(first io.Closer) { _ = first.Close() }(part)
	part, err = s.create("index")
	if err != nil {
		return err
	}
	defer func() { _ = part.Close() }()
	_, err = part.Write([]byte("{}"))
	return err
}

// insisting has nothing to close as long as it fails.
func insisting(s store) error {
	part, err := s.create("data")
	defer func() {
		if part != nil {
			_ = part.Close()
		}
	}()
	for err != nil {
		part, err = s.create("data")
	}
	_, err = part.Write([]byte("{}"))
	return err
}

type counted struct{ io.WriteCloser }

func count(w io.WriteCloser) io.WriteCloser { return counted{w} }

// wrapping closes what it wraps with the wrapper.
func wrapping(s store) error {
	part, err := s.create("data")
	if err != nil {
		return err
	}
	defer func() { _ = part.Close() }()
	part = count(part)
	_, err = part.Write([]byte("{}"))
	return err
}

// collecting leaves it to its caller to close the parts.
func collecting(s store) ([]io.WriteCloser, error) {
	part, err := s.create("data")
	if err != nil {
		return nil, err
	}
	failed := true
	defer func() {
		if failed {
			_ = part.Close()
		}
	}()
	parts := []io.WriteCloser{part}
	part, err = s.create("index")
	failed = err != nil
	return append(parts, part), err
}
