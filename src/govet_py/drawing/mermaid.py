"""A picture as a Mermaid flowchart, for Markdown that shows it."""

from __future__ import annotations

import json

from govet_py.drawing.words import WORDS, lines
from govet_py.model.picture import Link, Node, Picture
from govet_py.report.escape import safe

_ARROWS = {
    Link.GO: "==>", Link.DEFER: "-->", Link.CALL: "-->", Link.IMPLEMENTS: "-.->", Link.RUNS: "-->", Link.GIVES: "-.->",
}
_CLASSES = """  classDef centre stroke-width:3px
  classDef interface stroke-dasharray:5 4
  classDef start fill:#fff1d6,stroke:#a8470a,color:#1b2130
  classDef one stroke:#2355c4,stroke-width:3px
  classDef two stroke:#a8470a,stroke-width:3px
  classDef three stroke:#7a2fa0,stroke-width:3px
"""


def draw(picture: Picture) -> str:
    """A flowchart from left to right."""
    names = {node.id: f"n{number}" for number, node in enumerate(picture.nodes)}
    rows = [f"---\ntitle: {_title(picture.title)}\n---\nflowchart LR\n"]
    rows += [f"  {names[node.id]}{_shape(node)}{_class(node)}\n" for node in picture.nodes]
    for edge in picture.edges:
        label = f"|{_text(WORDS[edge.link])}|" if WORDS[edge.link] else ""
        rows.append(f"  {names[edge.source]} {_ARROWS[edge.link]}{label} {names[edge.target]}\n")
    if picture.left_out:
        rows.append(f'  more["{picture.left_out} more are left out"]\n')
    return "".join(rows) + _CLASSES


def _shape(node: Node) -> str:
    text = "<br/>".join(_text(line) for line in lines(node))
    return f'{{{{"{text}"}}}}' if node.is_interface else f'(["{text}"])' if node.starts else f'["{text}"]'


def _class(node: Node) -> str:
    held = {
        "interface": node.is_interface, "start": node.starts, "centre": node.is_centre,
        "one": node.parties[:1] == (1,), "two": node.parties[:1] == (2,),
        "three": node.parties[:1] == (3,),
    }
    name = next((name for name in ("one", "two", "three", "centre", "start", "interface") if held[name]), "")
    return f":::{name}" if name else ""


def _title(text: str) -> str:
    """A string of YAML, as which every string of JSON is one."""
    return json.dumps(safe(text), ensure_ascii=False)


def _text(text: str) -> str:
    """Text in which nothing is Mermaid's or HTML's: letters, digits and some marks stay, others get their number."""
    return "".join(char if char.isalnum() or char in " ./:*,-" else f"#{ord(char)};" for char in safe(text))
