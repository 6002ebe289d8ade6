"""One object for equal values: sets and tuples of a few registers are large, many and mostly alike."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, TypeVar

T = TypeVar("T", bound=Hashable)
_MOST = 1 << 20
_known: dict[Any, Any] = {}


def one(value: T) -> T:
    """The first value given that equals this one. Values of unlike types must not be equal."""
    if len(_known) >= _MOST:
        _known.clear()
    return _known.setdefault(value, value)  # type: ignore[no-any-return]
