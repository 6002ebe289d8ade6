"""Go snippets, lowered, and lowered code in a form that tests can compare."""

from __future__ import annotations

import textwrap

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
