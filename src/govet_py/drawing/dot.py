"""A picture in Graphviz's language (https://graphviz.org/doc/info/lang.html)."""

from __future__ import annotations

from govet_py.drawing.words import WORDS, lines
from govet_py.model.picture import Link, Node, Picture
from govet_py.report.escape import safe

_STYLES = {
    Link.GO: "bold", Link.DEFER: "solid", Link.CALL: "solid", Link.IMPLEMENTS: "dashed", Link.RUNS: "solid",
    Link.GIVES: "dashed",
}
_HUES = {1: "#2355c4", 2: "#a8470a", 3: "#7a2fa0"}


def draw(picture: Picture) -> str:
    """A digraph from left to right."""
    note = f"\\n{picture.left_out} more functions are left out" if picture.left_out else ""
    rows = [
        "digraph calls {\n",
        f'  graph [rankdir=LR, label="{_text(picture.title)}{note}", labelloc=t, fontname="sans-serif"];\n',
        '  node [shape=box, fontname="sans-serif", fontsize=11];\n',
        '  edge [fontname="sans-serif", fontsize=9];\n',
    ]
    rows += [f'  "{_text(node.id)}" [{_attributes(node)}];\n' for node in picture.nodes]
    rows += [
        f'  "{_text(edge.source)}" -> "{_text(edge.target)}" '
        f'[style={_STYLES[edge.link]}, label="{WORDS[edge.link]}"];\n'
        for edge in picture.edges
    ]
    return "".join(rows) + "}\n"


def _attributes(node: Node) -> str:
    text = "\\n".join(_text(line) for line in lines(node))
    shape = "hexagon" if node.is_interface else "box"
    style = "rounded" if node.starts else "dashed" if node.is_interface else "solid"
    width = 3 if node.is_centre else 1
    hue = _HUES.get(node.parties[0] if node.parties else 0, "#566073")
    return f'label="{text}", shape={shape}, style={style}, penwidth={width}, color="{hue}"'


def _text(text: str) -> str:
    return safe(text).replace("\\", "\\\\").replace('"', '\\"')
