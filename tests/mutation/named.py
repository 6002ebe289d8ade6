"""Which function calls which, read off names."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, cached_property

from mutation.golang import field
from mutation.model import Source

CALLED = re.compile(r"\b(\w+)\(")


class Named:
    """The functions of a tree: their texts and the names that they call. Where several have one name, they count
    together as one that does and calls what any of them does, or not at all when `alone` is asked for."""

    def __init__(self, sources: tuple[Source, ...], alone: bool = True) -> None:
        kinds = ("function_declaration", "method_declaration")
        declared = [(source, node) for source in sources for node in source.of(*kinds)]
        times = Counter(source.text(field(node, "name")) for source, node in declared)
        self.results: dict[str, str] = {}
        self.bodies: dict[str, str] = {}
        for source, node in declared:
            name = source.text(field(node, "name"))
            if not alone or times[name] == 1:
                self.results[name] = self.results.get(name, "") + source.text(field(node, "result"))
                self.bodies[name] = self.bodies.get(name, "") + source.text(field(node, "body"))
        self.calls = {name: set(CALLED.findall(text)) - {name} for name, text in self.bodies.items()}

    def doing(self, wanted: re.Pattern[str]) -> set[str]:
        """The functions whose body matches."""
        return {name for name, text in self.bodies.items() if wanted.search(text)}

    def closed(self, seeds: set[str], among: set[str], without: set[str], argument: str = "") -> set[str]:
        """The seeds, and those of some functions that call one, with an argument first, and call none of `without`."""
        found, work = set(seeds), list(seeds)
        while work:
            one = work.pop()
            for name in self._callers.get(one, set()) & among - found:
                if not self.calls[name] & without and f"{one}({argument}" in self.bodies[name]:
                    found.add(name)
                    work.append(name)
        return found

    @cached_property
    def _callers(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name, called in self.calls.items():
            for one in called:
                found.setdefault(one, set()).add(name)
        return found


@cache
def named(sources: tuple[Source, ...], alone: bool = True) -> Named:
    """The functions of a tree by name, found once."""
    return Named(sources, alone)
