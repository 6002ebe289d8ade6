// Package library_sibling calls functions of libraries that have a sibling for those who have a context.
package library_sibling

import (
	"context"
	"database/sql"
	"errors"
	"os/exec"
)

func record(ctx context.Context, db *sql.DB, name string) error {
	if err := db.PingContext(ctx); err != nil {
		return err
	}
	_, err := db.Exec("insert into names values (?)", name) // want "db.Exec waits under a fresh context: the end of ctx is not heard of"
	return err
}

func count(ctx context.Context, db *sql.DB) (n int, err error) {
	if err = ctx.Err(); err != nil {
		return 0, err
	}
	err = db.QueryRow("select count(*) from names").Scan(&n) // want "db.QueryRow waits under a fresh context"
	return n, err
}

func unpack(ctx context.Context, name string) error {
	var cmd *exec.Cmd
	cmd = exec.Command("tar", "xf", name) // step "a fresh context is made"
	if err := cmd.Start(); err != nil {
		return errors.Join(err, ctx.Err())
	}
	return cmd.Wait() // want "cmd.Wait waits under a fresh context"
}

func list(ctx context.Context, names []string) error {
	for _, name := range names {
		if _, err := exec.Command("tar", "tf", name).Output(); err != nil { // want "waits under a fresh context"
			return errors.Join(err, ctx.Err())
		}
	}
	return nil
}

// given has it everywhere.
func given(ctx context.Context, db *sql.DB, name string) error {
	if _, err := db.ExecContext(ctx, "insert into names values (?)", name); err != nil {
		return err
	}
	return exec.CommandContext(ctx, "tar", "xf", name).Run()
}

// daemon is to outlive its caller, who does not wait for it.
func daemon(ctx context.Context, name string) error {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return errors.Join(err, ctx.Err())
	}
	go func() { _ = cmd.Wait() }()
	return nil
}

// undone tidies up where something has failed.
func undone(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "create table copy")
	if err != nil {
		_, _ = db.Exec("drop table copy")
	}
	return err
}

// without has no context.
func without(db *sql.DB) error {
	_, err := db.Exec("truncate names")
	return err
}

type store struct{ insert *sql.Stmt }

// open keeps what lasts longer than its context.
func (s *store) open(ctx context.Context, db *sql.DB) (err error) {
	if err = db.PingContext(ctx); err != nil {
		return err
	}
	s.insert, err = db.Prepare("insert into names values (?)")
	return err
}
