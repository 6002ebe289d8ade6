// Package status gives errors codes.
package status

import "errors"

// Code is the code of an error.
type Code int

// Codes.
const (
	Unknown Code = iota
	InvalidArgument
	FailedPrecondition
	Unavailable
)

// Error is an error with a code.
type Error struct {
	Code Code
	Text string
}

// Error is the text.
func (e *Error) Error() string { return e.Text }

// Of gives the code of an error, Unknown when it has none.
func Of(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Unknown
}
