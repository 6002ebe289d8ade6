"""A picture as SVG, drawn here: no other program is needed, and nothing in it is active."""

from __future__ import annotations

from itertools import pairwise
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

from govet_py.drawing.layout import Box, Layout, layout
from govet_py.drawing.words import WORDS, lines
from govet_py.model.picture import Edge, Link, Node, Picture
from govet_py.report.escape import safe

_CHAR = 7.4
_LINE = 17.0
_PAD = 10.0
_HEAD = 46.0
_LONGEST = 60
_STYLE = """
  svg { background: #fff; }
  text { font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #1b2130; }
  .title { font-size: 14px; font-weight: bold; }
  .soft, .word { fill: #566073; }
  .word { font-size: 10.5px; paint-order: stroke; stroke: #fff; stroke-width: 4px; }
  .name { font-weight: bold; }
  rect, .hexagon { fill: #f7f8fa; stroke: #8893a5; stroke-width: 1.2; }
  .interface { stroke-dasharray: 5 3; }
  .start { fill: #fff3df; }
  .centre { stroke-width: 3; stroke: #1b2130; }
  .g1 { stroke: #2355c4; stroke-width: 3; } .g2 { stroke: #a8470a; stroke-width: 3; }
  .g3 { stroke: #7a2fa0; stroke-width: 3; }
  path { fill: none; stroke: #6d7889; stroke-width: 1.3; }
  path.go { stroke: #a8470a; stroke-width: 2.6; }
  path.gives, path.implements { stroke-dasharray: 5 3; }
  marker path { fill: #6d7889; stroke: none; } marker.go path { fill: #a8470a; }
  @media (prefers-color-scheme: dark) {
    svg { background: #14181f; }
    text { fill: #e4e8ef; } .soft, .word { fill: #a0abbb; } .word { stroke: #14181f; }
    rect, .hexagon { fill: #1e242e; stroke: #77839a; }
    .start { fill: #3a2a14; } .centre { stroke: #e4e8ef; }
    .g1 { stroke: #83abff; } .g2 { stroke: #ffa869; } .g3 { stroke: #d59bf0; }
    path { stroke: #8f9bab; } path.go { stroke: #ffa869; }
    marker path { fill: #8f9bab; } marker.go path { fill: #ffa869; }
  }
"""
_CLASSES = {
    Link.GO: "go", Link.DEFER: "defer", Link.CALL: "call", Link.IMPLEMENTS: "implements", Link.RUNS: "runs",
    Link.GIVES: "gives",
}


def draw(picture: Picture) -> str:
    """One svg element, to be opened or to be put into a page."""
    sizes = {node.id: _size(node) for node in picture.nodes}
    placed = layout(sizes, [(edge.source, edge.target) for edge in picture.edges])
    width = max(placed.width, len(picture.title) * _CHAR * 1.2 + 48)
    height = placed.height + _HEAD
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label={_attribute(picture.title)}>\n',
        f"<style>{_STYLE}</style>\n<defs>{_marker('arrow', '')}{_marker('arrow-go', 'go')}</defs>\n",
        _text(24, 28, "title", picture.title),
        _text(24, 46, "soft", f"{picture.left_out} more functions are left out") if picture.left_out else "",
        f'<g transform="translate(0 {_HEAD:.0f})">\n',
    ]
    rows += [_arrow(edge, number, placed) for number, edge in enumerate(picture.edges)]
    rows += [_box(node, placed.boxes[node.id]) for node in picture.nodes]
    rows += [_word(edge, number, placed) for number, edge in enumerate(picture.edges)]
    return "".join(rows) + "</g>\n</svg>\n"


def _size(node: Node) -> tuple[float, float]:
    written = [_shortened(line) for line in lines(node)]
    extra = 2 * _PAD if node.is_interface else 0.0
    return max(_width(line) for line in written) + 2 * _PAD + extra, len(written) * _LINE + _PAD


def _width(text: str) -> float:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text) * _CHAR


def _shortened(text: str) -> str:
    """Long places lose their beginning, which says least."""
    shown = safe(text)
    return shown if len(shown) <= _LONGEST else f"…{shown[1 - _LONGEST:]}"


def _box(node: Node, box: Box) -> str:
    party = f"g{node.parties[0]}" if node.parties and node.parties[0] else ""
    classes = " ".join(
        name for name, held in (
            ("interface", node.is_interface), ("start", node.starts), ("centre", node.is_centre and not party),
            (party, bool(party)),
        ) if held
    )
    rows = [f"<g><title>{escape(safe(node.id))}</title>"]
    if node.is_interface:
        rows.append(f'<polygon class="hexagon {classes}" points="{_hexagon(box)}"/>')
    else:
        round_ = box.height / 2 if node.starts else 5
        rows.append(
            f'<rect class="{classes}" x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" '
            f'height="{box.height:.1f}" rx="{min(round_, 18):.0f}"/>'
        )
    left = box.x + _PAD * (2 if node.is_interface else 1)
    for number, line in enumerate(lines(node)):
        rows.append(_text(left, box.y + _LINE * (number + 1), "soft" if number else "name", _shortened(line)))
    return "".join(rows) + "</g>\n"


def _hexagon(box: Box) -> str:
    left, right, top, bottom = box.x, box.x + box.width, box.y, box.y + box.height
    middle = (top + bottom) / 2
    points = ((left, middle), (left + _PAD, top), (right - _PAD, top), (right, middle), (right - _PAD, bottom),
              (left + _PAD, bottom))
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _arrow(edge: Edge, number: int, placed: Layout) -> str:
    kind = _CLASSES[edge.link]
    head = "arrow-go" if edge.link is Link.GO else "arrow"
    route = placed.routes[number]
    way = _curve(route) if route else _loop(placed.boxes[edge.source])
    return f'<path class="{kind}" d="{way}" marker-end="url(#{head})"/>\n'


def _curve(route: tuple[tuple[float, float], ...]) -> str:
    """Smooth from point to point, level at each."""
    parts = [f"M{route[0][0]:.1f} {route[0][1]:.1f}"]
    for (x, y), (to, down) in pairwise(route):
        half = (x + to) / 2
        parts.append(f"C{half:.1f} {y:.1f} {half:.1f} {down:.1f} {to:.1f} {down:.1f}")
    return "".join(parts)


def _loop(box: Box) -> str:
    """The arrow of a function that calls itself."""
    right, top = box.x + box.width, box.y
    return f"M{right - 24:.1f} {top:.1f}c0 -18 34 -18 {24:.1f} {box.height / 3:.1f}"


def _word(edge: Edge, number: int, placed: Layout) -> str:
    word, route = WORDS[edge.link], placed.routes[number]
    if not word or not route:
        return ""
    (x, y), (to, down) = route[:2] if len(route) <= 2 else route[-2:]
    return (f'<text class="word" text-anchor="middle" x="{(x + to) / 2:.1f}" y="{(y + down) / 2 - 3:.1f}">'
            f"{escape(word)}</text>\n")


def _marker(name: str, kind: str) -> str:
    return (f'<marker id="{name}" class="{kind}" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" '
            'markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z"/></marker>')


def _text(x: float, y: float, kind: str, text: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(safe(text))}</text>'


def _attribute(text: str) -> str:
    return quoteattr(safe(text))
