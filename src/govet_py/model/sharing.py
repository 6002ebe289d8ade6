"""One object for values that are equal: those of a few registers, say, are large, many and mostly alike."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, TypeVar

T = TypeVar("T", bound=Hashable)
_MOST = 1 << 20
_known: dict[Any, Any] = {}
_made: dict[tuple[Any, ...], Any] = {}
known = _made.get
"""What has been made under a key, or None."""


def one(value: T) -> T:
    """The first value given that equals this one. Values of unlike types must not be equal."""
    if len(_known) >= _MOST:
        _known.clear()
    return _known.setdefault(value, value)  # type: ignore[no-any-return]


def made(key: tuple[Any, ...], kind: type[Any], fields: Sequence[Any]) -> Any:
    """What has been made under a key: a named tuple, from its fields."""
    if len(_made) >= _MOST:
        _made.clear()
    return _made.setdefault(key, tuple.__new__(kind, fields))


def forget_made() -> None:
    """Frees what tells what has been made."""
    _made.clear()
