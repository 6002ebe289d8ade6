"""Go snippets, lowered, and lowered code in a form that tests can compare."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from govet_py.model import ir
from govet_py.model.declarations import FileSyntax
from govet_py.model.ir import Body, Var
from govet_py.model.source import SourceFile, span_end, span_start
from govet_py.syntax import parse
from govet_py.syntax.dump import dump

MODERN = (1, 22)


def read(content: str | bytes, *, generated: bool = False, go: tuple[int, int] = MODERN) -> FileSyntax:
    """The syntax of a file with this content."""
    file = SourceFile("dir/a.go", "/dir/a.go", "example.org/dir", is_generated=generated, go_version=go)
    return parse(file, content.encode() if isinstance(content, str) else content)


def lowered(statements: str, head: str = "func f()", go: tuple[int, int] = MODERN) -> Body:
    """The body of a function with these statements."""
    syntax = read(f"package p\n\n{head} {{\n{textwrap.dedent(statements).strip()}\n}}\n", go=go)
    body = syntax.functions[0].body
    assert body is not None, syntax.notices
    return body


def flat(body: Body) -> str:
    """All functions of a body, a line for each block; literals begin with their names."""
    parts: list[str] = []
    for function in body.functions:
        name = f"{function.name}:\n" if function.parent >= 0 else ""
        parts.append(name + dump(function, body.vars).replace("\n  ", " | "))
    return "".join(parts)


def words(text: str) -> list[str]:
    """What counts when expectations are wrapped to fit the page."""
    return text.split()


def var(body: Body, name: str) -> Var:
    """The one variable of that name."""
    [found] = [var for var in body.vars if var.name == name]
    return found


def spelt(content: str, span: int) -> str:
    """The source text of a span."""
    return content.encode()[span_start(span):span_end(span)].decode()


def well_formed(body: Body) -> bool:
    """Checks what every lowered function promises. Raises AssertionError where one does not keep it."""
    for function in body.functions:
        ends = [ir.NONE, *(block.end for block in function.blocks)]
        for index, block in enumerate(function.blocks):
            assert ends[index] <= block.start < block.end <= len(function.code)
            last = function.code[block.end - 1]
            assert len(block.succs) in _successors(last)
            assert all(0 <= successor < len(function.blocks) for successor in block.succs)
            assert not any(isinstance(ins, TERMINATORS) for ins in function.code[block.start : block.end - 1])
            assert block.loop < len(function.loops)
        assert all(function.blocks[loop.header].loop == at for at, loop in enumerate(function.loops))
        assert all(operand < at for at, ins in enumerate(function.code) for operand in _operands(ins))
    return True


TERMINATORS = (ir.Jump, ir.If, ir.Switch, ir.TypeSwitch, ir.Select, ir.Return, ir.Stop)
OPERANDS = frozenset("base index operand left right callee chan range value cond tag args values results".split())


def _successors(last: ir.Instruction) -> tuple[int, ...]:
    match last:
        case ir.Jump():
            return (1,)
        case ir.If():
            return (2,)
        case ir.Switch() | ir.TypeSwitch():
            return (len(last.cases) + (() not in last.cases),)
        case ir.Select():
            return (len(last.cases) + last.has_default,)
        case ir.Return() | ir.Stop():
            return (0,)
    return ()


def _operands(ins: ir.Instruction) -> Iterator[int]:
    if isinstance(ins, ir.Extract):
        yield ins.tuple
        return
    for name, value in ins._asdict().items():
        if name in OPERANDS and isinstance(value, int):
            yield value
        elif name in OPERANDS and isinstance(value, tuple):
            yield from value
