"""Which code an internal error was about: that code is left out, and the analysis of all other code goes on.

The frames of a traceback tell: the analysis looks at one function (or, while it links, one file) at a time, and
holds it, or its id, in a variable. To be wrong here costs one more attempt, and never a finding.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import Any

from govet_py.callgraph.code import FunctionCode
from govet_py.model.declarations import INTERNAL_ERROR, FileSyntax, Notice
from govet_py.model.program import FuncId, Program
from govet_py.resolve.link import link

MOST_ATTEMPTS = 6
_LOOKED_AT = 8
"""Of the elements of a list: they mostly are of one function."""


def failure(what: str, error: BaseException, path: str = "") -> Notice:
    """The notice for a defect of ours."""
    return Notice(INTERNAL_ERROR, path, 0, f"{what} failed\n{''.join(traceback.format_exception(error))}")


def suspect(error: BaseException, program: Program) -> FuncId | None:
    """The declared function that was looked at when the error was raised, or None."""
    for frame in _frames(error):
        for value in _values(frame):
            found = _body_of(value, program)
            if found is not None:
                return found
    return None


def left_out(id: FuncId, program: Program, error: BaseException) -> Notice:
    """The notice about a function that is left out, for its id, and what happened."""
    what = f"the analysis of {id}, which is left out from here on,"
    return failure(what, error, program.functions[id].path)


def linked(
    syntaxes: Sequence[FileSyntax], stubs: Sequence[FileSyntax],
) -> tuple[Program, list[FileSyntax], list[Notice]]:
    """The program of the files, those that it has, and notices about files that could not be linked."""
    kept = list(syntaxes)
    notices: list[Notice] = []
    for _ in range(MOST_ATTEMPTS):
        try:
            return link(kept, stubs), kept, notices
        except Exception as error:  # a defect of ours in one file must not hide the others
            guilty = _file(error)
            if guilty is None or guilty not in kept:
                raise
            kept = [syntax for syntax in kept if syntax is not guilty]
            notices.append(failure(f"linking {guilty.path}, which is left out,", error, guilty.path))
    return link(kept, stubs), kept, notices


def _file(error: BaseException) -> FileSyntax | None:
    for frame in _frames(error):
        for value in frame.f_locals.values():
            if isinstance(value, FileSyntax):
                return value
    return None


def _frames(error: BaseException) -> list[FrameType]:
    """Innermost first."""
    return [frame for frame, _ in traceback.walk_tb(error.__traceback__)][::-1]


def _values(frame: FrameType) -> Iterator[Any]:
    """What the variables of a frame hold, and what the object holds whose method it runs."""
    mine = frame.f_locals.get("self")
    yield from (value for name, value in frame.f_locals.items() if name != "self")
    yield mine
    if hasattr(mine, "__dict__"):
        yield from vars(mine).values()


def _body_of(value: Any, program: Program) -> FuncId | None:
    found = _known(value, program)
    if found is not None or not isinstance(value, tuple | list):
        return found
    for one in value[:_LOOKED_AT]:
        parts: Sequence[Any] = one if isinstance(one, tuple) else (one,)
        for part in parts:
            if (found := _known(part, program)) is not None:
                return found
    return None


def _known(value: Any, program: Program) -> FuncId | None:
    if isinstance(value, FunctionCode):
        return value.body_id
    if isinstance(value, str):
        return next((id for id in (value, value.rpartition("$")[0]) if id in program.bodies), None)
    return None

