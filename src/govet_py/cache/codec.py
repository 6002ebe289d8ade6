"""Plain values to bytes and back, without running anything on the way.

The bytes are a pickle, which C code reads five times faster than Python reads any format of ours; a
pickle may name any callable, so the reader knows the data classes of `model` and nothing else ("Restricting
Globals" in the documentation of pickle).
"""

from __future__ import annotations

import io
import pickle
from dataclasses import is_dataclass
from enum import Enum
from types import ModuleType
from typing import Any

from govet_py.model import declarations, finding, ir, source, types
from govet_py.model.sharing import one

_MODULES: tuple[ModuleType, ...] = (declarations, finding, ir, source, types)


def _is_plain(found: object, module: ModuleType) -> bool:
    is_data = isinstance(found, type) and (issubclass(found, tuple | Enum) or is_dataclass(found))
    return is_data and getattr(found, "__module__", "") == module.__name__


_KNOWN = {
    (module.__name__, name): found
    for module in _MODULES
    for name, found in vars(module).items()
    if _is_plain(found, module)
}


class _TypeName(types.TypeName):
    """Names of types as they stand in many files: each is one object."""

    def __new__(cls, *fields: str) -> Any:
        return one(tuple.__new__(types.TypeName, fields))


_KNOWN[types.__name__, "TypeName"] = _TypeName


class Damaged(Exception):
    """The bytes are not what `encoded` wrote."""


def encoded(value: object) -> bytes:
    """The bytes of a value of built-in types and data classes of `model`. Raises RecursionError for one that
    is nested too deeply, PicklingError for any other class."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def decoded(content: bytes) -> Any:
    """The value that the bytes stand for. Raises Damaged."""
    try:
        return _Reader(io.BytesIO(content)).load()
    except Exception as error:  # damaged bytes raise nearly anything
        raise Damaged(str(error)) from error


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        found = _KNOWN.get((module, name))
        if found is None:
            raise pickle.UnpicklingError(f"{module}.{name} is no data class of ours")
        return found
