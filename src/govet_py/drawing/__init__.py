"""Pictures of calls as Mermaid, DOT and SVG: text out of a `Picture`, equal for equal pictures."""

from __future__ import annotations

from collections.abc import Callable

from govet_py.drawing import dot, mermaid, svg
from govet_py.model.picture import Picture

_DRAWN: dict[str, Callable[[Picture], str]] = {"mermaid": mermaid.draw, "dot": dot.draw, "svg": svg.draw}


def draw(picture: Picture, format: str) -> str:
    """The picture in one of the formats mermaid, dot and svg."""
    return _DRAWN[format](picture)
