"""Which function calls which, read off names: a name counts only where one function alone has it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from mutation.golang import field
from mutation.model import Source

CALLED = re.compile(r"\b(\w+)\(")


class Named:
    """The functions of a tree that have a name of their own: their texts, and the names that they call."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        declared = [
            (source, node) for source in sources for node in source.of("function_declaration", "method_declaration")
        ]
        times = Counter(source.text(field(node, "name")) for source, node in declared)
        single = [(source, node) for source, node in declared if times[source.text(field(node, "name"))] == 1]
        self.texts = {source.text(field(node, "name")): source.text(node) for source, node in single}
        self.results = {source.text(field(node, "name")): source.text(field(node, "result")) for source, node in single}
        self.bodies = {source.text(field(node, "name")): source.text(field(node, "body")) for source, node in single}
        self.calls = {name: set(CALLED.findall(text)) - {name} for name, text in self.bodies.items()}

    def doing(self, wanted: re.Pattern[str]) -> set[str]:
        """The functions whose body matches."""
        return {name for name, text in self.bodies.items() if wanted.search(text)}

    def closed(self, seeds: set[str], among: set[str], without: set[str], argument: str = "") -> set[str]:
        """The seeds, and those of some functions that call one, with an argument first, and call none of `without`."""
        found = set(seeds)
        while new := {
            name
            for name in among - found
            if any(f"{one}({argument}" in self.bodies[name] for one in self.calls[name] & found)
            and not self.calls[name] & without
        }:
            found |= new
        return found


@cache
def named(sources: tuple[Source, ...]) -> Named:
    """The named functions of a tree, found once."""
    return Named(sources)
