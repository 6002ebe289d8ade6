"""What library calls do to a context: by function id, which argument the resulting context keeps.

Derivations of the code under analysis are inferred; only what has no body here is listed.
"""

from __future__ import annotations

FRESH: frozenset[str] = frozenset({"context.Background", "context.TODO"})

WITH_VALUE = "context.WithValue"
VALUE = "context.Context.Value"

KEEPS: dict[str, int] = {
    "context.WithCancel": 0,
    "context.WithCancelCause": 0,
    "context.WithTimeout": 0,
    "context.WithTimeoutCause": 0,
    "context.WithDeadline": 0,
    "context.WithDeadlineCause": 0,
    "context.WithoutCancel": 0,
    "golang.org/x/sync/errgroup.WithContext": 0,
    "os/signal.NotifyContext": 0,
    "google.golang.org/grpc/metadata.NewOutgoingContext": 0,
    "google.golang.org/grpc/metadata.NewIncomingContext": 0,
    "google.golang.org/grpc/metadata.AppendToOutgoingContext": 0,
    "google.golang.org/grpc/peer.NewContext": 0,
    "runtime/pprof.WithLabels": 0,
    "runtime/trace.NewTask": 0,
    "github.com/opentracing/opentracing-go.ContextWithSpan": 0,
}
"""Calls whose context result has all values of that argument."""
