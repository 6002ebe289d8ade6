"""Stage 2: files to plain data. The only home of tree-sitter."""

from govet_py.syntax.grammar import TooSlow
from govet_py.syntax.parser import parse

__all__ = ["TooSlow", "parse"]
