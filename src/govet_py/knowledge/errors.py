"""Library calls that ask what an error is."""

from __future__ import annotations

IS: frozenset[str] = frozenset({"errors.Is", "golang.org/x/xerrors.Is"})
"""Reports whether argument 0 is, or wraps, the sentinel that is argument 1."""

AS: frozenset[str] = frozenset({"errors.As", "golang.org/x/xerrors.As"})
"""Reports whether argument 0 is, or wraps, an error of the type that argument 1 points to, and leaves it there."""

LAST_STATUS_CODE = 16
"""The largest status code of gRPC (Unauthenticated): error numbers of servers are larger."""

HAS_TEXT = "strings.Contains"
"""Reports whether argument 0, as the text of an error, has argument 1 in it."""

HAS_ELEMENT = "slices.Contains"
"""Reports whether argument 1, as the number or class of an error, is among the elements of argument 0."""

BEGINS_WITH = "strings.HasPrefix"
"""Reports whether argument 0, as the number of an error that is a text, begins with argument 1."""
