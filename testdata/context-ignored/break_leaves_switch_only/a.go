// Package break_leaves_switch_only tells why a context has ended, and breaks out of no more than the switch that does.
package break_leaves_switch_only

import (
	"context"
	"errors"
	"log"
)

var errMoved = errors.New("moved")

type post struct{ letters chan string }

func (p *post) bad(ctx context.Context) {
	for {
		select {
		case letter := <-p.letters:
			log.Print(letter)
		case <-ctx.Done(): // want "when ctx is done this branch goes back to the loop"
			switch why := context.Cause(ctx); {
			case errors.Is(why, errMoved):
				log.Print("moved")
				break
			default:
				log.Print(why)
			}
		}
	}
}

func (p *post) badKeepsWhy(ctx context.Context) {
	for {
		select {
		case letter := <-p.letters:
			log.Print(letter)
		case <-ctx.Done(): // want "when ctx is done this branch goes back to the loop"
			why := ctx.Err()
			if cause := context.Cause(ctx); cause != nil {
				why = cause
			}
			log.Print(why)
		}
	}
}

func (p *post) okLabel(ctx context.Context) {
loop:
	for {
		select {
		case letter := <-p.letters:
			log.Print(letter)
		case <-ctx.Done():
			switch why := context.Cause(ctx); {
			case errors.Is(why, errMoved):
				break loop
			default:
				log.Print(why)
				break loop
			}
		}
	}
}

// okDrains goes on until the letters that are left have been read.
func (p *post) okDrains(ctx context.Context) {
	var why error
	done := ctx.Done()
	for {
		select {
		case letter, ok := <-p.letters:
			if !ok || (why != nil && letter == "") {
				return
			}
		case <-done:
			why = context.Cause(ctx)
			done = nil
		}
	}
}
