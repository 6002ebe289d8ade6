"""A rule's document as Markdown and as text for a terminal.

A document is a summary line and sections; a section starts with a line `Heading: text`. Lines
indented by four spaces are Go code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import dedent
from typing import NamedTuple

from govet_py.model.finding import Rule

_PAGE = """# Rules

Made by `govet-py explain --all`; a test keeps it in step. `govet-py explain RULE` prints one of them.

| id | name | level | what it reports |
| --- | --- | --- | --- |
"""
HEADINGS = ("What it finds", "Why it matters", "Example", "Instead", "Limits")


class Section(NamedTuple):
    heading: str
    body: str


def sections(document: str) -> tuple[Section, ...]:
    """The sections of a rule's document, without its summary."""
    found: list[tuple[str, list[str]]] = []
    for line in document.strip().splitlines():
        heading, colon, rest = line.partition(":")
        if colon and heading in HEADINGS:
            found.append((heading, [rest.strip()]))
        elif found:
            found[-1][1].append(line)
    return tuple(Section(heading, "\n".join(lines).strip("\n")) for heading, lines in found)


def markdown(rule: Rule) -> str:
    """The document with headings and fenced code; the summary is left out."""
    return "\n\n".join(f"## {heading}\n\n{_fenced(body)}" for heading, body in sections(rule.document))


def plain(rule: Rule) -> str:
    """The document for a terminal: what `explain` prints."""
    title = f"{rule.id} {rule.name} ({rule.severity.value})"
    parts = [f"{title}\n{'=' * len(title)}", rule.summary]
    parts += [f"{heading}\n{'-' * len(heading)}\n{body}" for heading, body in sections(rule.document)]
    return "\n\n".join(parts) + "\n"


def page(rules: Iterable[Rule]) -> str:
    """All documents as one Markdown page."""
    listed = tuple(rules)
    rows = [f"| [{r.id}](#{r.id.lower()}-{r.name}) | {r.name} | {r.severity.value} | {r.summary} |\n" for r in listed]
    parts = [f"## {r.id} {r.name}\n\n{r.summary}\n\n{markdown(r).replace('## ', '### ')}\n" for r in listed]
    return f"{_PAGE}{''.join(rows)}\n" + "\n".join(parts)


def full_description(rule: Rule) -> str:
    """The summary and what the rule finds, as one paragraph."""
    what = next((body for heading, body in sections(rule.document) if heading == HEADINGS[0]), "")
    return " ".join(f"{rule.summary} {what}".split())


def prose_and_code(body: str) -> Iterator[tuple[bool, str]]:
    """Runs of code (True) and of prose; a blank line belongs to what it stands in."""
    lines = body.splitlines()
    for is_code, run in groupby(range(len(lines)), key=lambda at: _is_code(lines, at)):
        text = "\n".join(lines[at] for at in run)
        if text.strip():
            yield is_code, dedent(text).strip() if is_code else text.strip()


def _fenced(body: str) -> str:
    return "\n\n".join(f"```go\n{text}\n```" if is_code else text for is_code, text in prose_and_code(body))


def _is_code(lines: list[str], at: int) -> bool:
    while at > 0 and not lines[at].strip():
        at -= 1
    return lines[at].startswith("    ")
