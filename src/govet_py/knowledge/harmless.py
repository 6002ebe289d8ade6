"""Library calls that are beside the point: they take no time, or nobody else sees what they do."""

from __future__ import annotations

PROMPT: tuple[str, ...] = (
    "error.Error",
    "errors.",
    "fmt.",
    "log.",
    "log/slog.",
    "strconv.",
    "strings.",
    "sync.",
    "sync/atomic.",
    "time.Now",
    "time.Since",
)
"""How the ids of functions begin that come back at once."""

REPLIES: tuple[str, ...] = (
    "encoding/json.",
    "io.WriteString",
    "net/http.Error",
    "net/http.Header.",
    "net/http.NotFound",
    "net/http.Redirect",
    "net/http.ResponseWriter.",
    "net/http.SetCookie",
)
"""How the ids of functions begin by which a request is answered: it is over then."""

UNSEEN: tuple[str, ...] = ("log.", "log/slog.", "fmt.", "errors.", "time.", "strings.", "strconv.", "context.")
"""How the ids of functions begin that do nothing which another goroutine sees."""

UNSEEN_PACKAGES: tuple[str, ...] = ("/log.", "/logger.", "/logging.", "/logrus.", "/vterrors.")
"""The same of packages by their last element, wherever they are: loggers, and the errors of Vitess."""

PREPARES: tuple[str, ...] = ("With", "Info", "Warn", "Error", "Debug", "Log")
"""How methods are named that log or set something up and never wait: a hint, no proof."""


def is_unseen(function: str) -> bool:
    """Reports whether nothing of what a function does is seen by another goroutine."""
    return function.startswith(UNSEEN) or any(package in function for package in UNSEEN_PACKAGES)
