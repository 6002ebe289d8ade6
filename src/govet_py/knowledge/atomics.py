"""Library objects whose every method is one atomic step, and what each method does to the value inside."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from govet_py.model.types import Named

RECEIVER = -1
NOTHING = -2
ATOMIC_BOOL = Named("sync/atomic", "Bool")


class Does(IntEnum):
    """READ tells the value, WRITE sets it whatever it was, UPDATE does both in one step."""

    READ = 0
    WRITE = 1
    UPDATE = 2


class Atomic(NamedTuple):
    """`place`: where the object is, RECEIVER or an argument. `key`, `value`: arguments, or NOTHING."""

    does: Does
    place: int = RECEIVER
    key: int = NOTHING
    value: int = NOTHING


_METHODS = {
    "Load": Atomic(Does.READ),
    "Store": Atomic(Does.WRITE, value=0),
    "Swap": Atomic(Does.UPDATE, value=0),
    "Add": Atomic(Does.UPDATE, value=0),
    "CompareAndSwap": Atomic(Does.UPDATE, value=1),
    "And": Atomic(Does.UPDATE, value=0),
    "Or": Atomic(Does.UPDATE, value=0),
}
_FUNCTIONS = {
    "Load": Atomic(Does.READ, place=0),
    "Store": Atomic(Does.WRITE, place=0, value=1),
    "Swap": Atomic(Does.UPDATE, place=0, value=1),
    "Add": Atomic(Does.UPDATE, place=0, value=1),
    "CompareAndSwap": Atomic(Does.UPDATE, place=0, value=2),
}
_MAP = {
    "Load": Atomic(Does.READ, key=0),
    "Store": Atomic(Does.WRITE, key=0, value=1),
    "Delete": Atomic(Does.WRITE, key=0),
    "LoadOrStore": Atomic(Does.UPDATE, key=0, value=1),
    "LoadAndDelete": Atomic(Does.UPDATE, key=0),
    "Swap": Atomic(Does.UPDATE, key=0, value=1),
    "CompareAndSwap": Atomic(Does.UPDATE, key=0, value=2),
    "CompareAndDelete": Atomic(Does.UPDATE, key=0),
}
_INTEGERS = ("Int32", "Int64", "Uint32", "Uint64", "Uintptr")

ATOMICS: dict[str, Atomic] = {
    **{
        f"sync/atomic.{type_}.{name}": does
        for type_ in (*_INTEGERS, "Bool", "Pointer", "Value")
        for name, does in _METHODS.items()
    },
    **{
        f"sync/atomic.{name}{type_}": does for type_ in (*_INTEGERS, "Pointer") for name, does in _FUNCTIONS.items()
    },
    **{f"sync.Map.{name}": does for name, does in _MAP.items()},
}
"""By function id."""

ADDS: frozenset[str] = frozenset(
    {f"sync/atomic.{type_}.Add" for type_ in _INTEGERS} | {f"sync/atomic.Add{type_}" for type_ in _INTEGERS}
)
"""Those that add to the old value."""

SWAPS: frozenset[str] = frozenset(
    {f"sync/atomic.{type_}.Swap" for type_ in _INTEGERS} | {f"sync/atomic.Swap{type_}" for type_ in _INTEGERS}
)
"""Those that set a number and tell what it was before."""

LOADS: frozenset[str] = frozenset({"sync/atomic.Pointer.Load", "sync/atomic.Value.Load"})
"""Methods that tell what an atomic variable refers to, which all who ask share."""
