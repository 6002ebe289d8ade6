"""Maps and lists of one object that are kept in step: what is removed from one is removed from the other, in one
section.

An entry that was found in one of them, and is put into the other (or what was made of it) once the lock has been given
back and taken again, may have been removed in between: it comes back to life in one of them only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govet_py.callgraph.members import Member
from govet_py.concurrency.races.gaps import FunctionGaps, is_sibling
from govet_py.concurrency.races.keys import ANY, WHOLE, Key
from govet_py.concurrency.races.touch import Sets, Touch
from govet_py.knowledge.atomics import Does

Twins = dict[Member, set[Member]]


def twins(functions: Iterable[list[Touch]]) -> Twins:
    """The maps that entries of one key are removed from together, by member, and the lists that are cut with them."""
    found: Twins = {}
    for touches in functions:
        removed = [touch for touch in touches if _removes(touch)]
        for one in removed:
            for other in removed:
                alike = one.key == other.key and one.guards == other.guards and is_sibling(one.place, other.place)
                if alike and one.member is not None and other.member is not None:
                    found.setdefault(one.member, set()).add(other.member)
            for list_ in (touch for touch in touches if removed and _cuts(touch)):
                alike = one.guards == list_.guards and is_sibling(one.place, list_.place)
                if alike and one.member is not None and list_.member is not None:
                    found.setdefault(one.member, set()).add(list_.member)
    return found


def revivals(function: FunctionGaps, touches: list[Touch], known: Twins) -> Iterator[tuple[Touch, Touch]]:
    """The tests of an entry in one map on which the same entry of its twin is set in a later section, by a function
    that leaves the first one as it is."""
    set_ = {touch.place for touch in touches if touch.does != Does.READ}
    reads = (t for t in touches if t.does == Does.READ and t.place not in set_ and t.guards)
    tests = [t for t in reads if t.member in known and t.key not in (WHOLE, ANY)]
    acts = [t for t in touches if t.does == Does.WRITE and t.sets != Sets.NOTHING]
    for test in tests:
        for act in acts:
            twin = test.member is not None and act.member in known[test.member] and is_sibling(test.place, act.place)
            found = ("extract", test.register, 0)
            listed = _adds(act) and act.value in function.derived(test.register)
            if twin and (listed or _mentions(act.key, test.key) or _mentions(act.key, found)):
                as_act = test._replace(place=act.place, member=act.member, key=act.key)
                yield from ((test, later) for _, later in function.gaps([as_act]) if later == act)


def _removes(touch: Touch) -> bool:
    """Whether a touch is the deletion of a map's entry."""
    deletes = touch.does == Does.WRITE and touch.sets == Sets.NOTHING
    return deletes and bool(touch.guards) and touch.key not in (WHOLE, ANY)


def _cuts(touch: Touch) -> bool:
    """Whether a touch sets a field to another value, not to the old one and something more."""
    return touch.does == Does.WRITE and touch.key == WHOLE and bool(touch.guards) and touch.sets == Sets.VALUE


def _adds(touch: Touch) -> bool:
    """Whether a touch appends to a list."""
    return touch.key == WHOLE and touch.sets == Sets.STEP and touch.direction == 0


def _mentions(key: Key, other: Key) -> bool:
    """Whether a key is another one, or computed from it: that of the entry which was found."""
    return key == other or any(_mentions(part, other) for part in key if isinstance(part, tuple))
