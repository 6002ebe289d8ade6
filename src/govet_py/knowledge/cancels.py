"""Library calls that return a function which must be called: the cancel functions of contexts."""

from __future__ import annotations

CANCELS: dict[str, int] = {
    "context.WithCancel": 1,
    "context.WithCancelCause": 1,
    "context.WithTimeout": 1,
    "context.WithTimeoutCause": 1,
    "context.WithDeadline": 1,
    "context.WithDeadlineCause": 1,
    "golang.org/x/net/context.WithCancel": 1,
    "golang.org/x/net/context.WithTimeout": 1,
    "golang.org/x/net/context.WithDeadline": 1,
    "os/signal.NotifyContext": 1,
}
"""By function id, which result it is. Functions of the program that pass one on are found, not listed."""
