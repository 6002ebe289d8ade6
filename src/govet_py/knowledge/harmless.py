"""Library calls that are beside the point: they take no time, or nobody else sees what they do."""

from __future__ import annotations

PROMPT: tuple[str, ...] = (
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

UNSEEN: tuple[str, ...] = ("log.", "log/slog.", "fmt.", "errors.", "time.", "strings.", "strconv.", "context.")
"""How the ids of functions begin that do nothing which another goroutine sees."""

UNSEEN_PACKAGES: tuple[str, ...] = ("/log.", "/vterrors.")
"""The same of packages by their last element, wherever they are: loggers, and the errors of Vitess."""

LOGS: tuple[str, ...] = ("Info", "Warn", "Error", "Debug", "Log")
"""How functions are named that log: a hint, no proof."""

PREPARES: tuple[str, ...] = ("With", *LOGS)
"""How methods are named that log or set something up and never wait: a hint, no proof."""


def is_unseen(function: str) -> bool:
    """Reports whether nothing of what a function does is seen by another goroutine."""
    return function.startswith(UNSEEN) or any(package in function for package in UNSEEN_PACKAGES)
