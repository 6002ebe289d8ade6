"""Where a program sets the limits that are known: texts of queries, constants that are such texts, methods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.knowledge.limits import Limit
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site

Mark = tuple[str, Site]


def marks(code: Code, calls: CallGraph, limits: Sequence[Limit]) -> dict[Limit, list[Mark]]:
    """The functions that set each limit, with the first place there."""
    found: dict[Limit, list[Mark]] = {}
    named = _constants(code.program, limits)
    for id in code.ids():
        frame = code.function(id)
        texts = [(at, text) for at, text in _texts(frame, named)]
        for limit in limits if texts else ():
            first = next((at for at, text in texts if any(_sets(text, mark) for mark in limit.marks)), None)
            if first is not None:
                found.setdefault(limit, []).append((id, frame.site(first)))
    for limit in limits:
        for id, at in (place for name in sorted(limit.calls) for place in calls.named(name)):
            if _is_set(code.function(id), at):
                found.setdefault(limit, []).append((id, code.site(id, at)))
    return found


def _constants(program: p.Program, limits: Sequence[Limit]) -> dict[str, list[tuple[p.ConstantRef, str]]]:
    """The constants of packages whose text sets a limit, by their own name."""
    words = [mark for limit in limits for mark in limit.marks]
    found: dict[str, list[tuple[p.ConstantRef, str]]] = {}
    for path, package in program.packages.items():
        for name, declared in package.scope.items():
            text = declared.decl.value if isinstance(declared, p.ConstObject) else ""
            if text and any(word in text for word in words):
                found.setdefault(name, []).append((p.ConstantRef(path, name), text))
    return found


def _texts(code: FunctionCode, named: dict[str, list[tuple[p.ConstantRef, str]]]) -> Iterator[tuple[int, str]]:
    """The texts in a function, in order: written out, or by the name of a constant."""
    for at in code.of_kind(ir.Const, ir.Name, ir.Selector) if named else code.of_kind(ir.Const):
        match code.code[at]:
            case ir.Const(kind, value) if kind == "string":
                yield at, value
            case (ir.Name(name) | ir.Selector(_, name)) if name in named:
                what = code.denotes(at)
                yield from ((at, text) for constant, text in named[name] if constant == what)


def _is_set(code: FunctionCode, call: int) -> bool:
    """Whether a call is given a time: the zero time lifts the limit."""
    step = code.code[call]
    given = code.code[step.args[-1]] if isinstance(step, ir.Call) and step.args else None
    return given is not None and not isinstance(given, ir.Composite)


def _sets(text: str, mark: str) -> bool:
    """Whether a text sets the limit of a mark: to nought, it lifts it."""
    return mark in text and not re.match(r"[\s=:'\"]*(to\s+'?)?0(?![\d.])", text.partition(mark)[2], re.IGNORECASE)
