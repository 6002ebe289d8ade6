"""Where boxes and arrows go: layers from left to right (Sugiyama, Tagawa and Toda 1981).

Arrows that would close a cycle are turned round for the layout; each box is put one layer right of the
rightmost that leads to it; long arrows get a point in every layer they pass; boxes are ordered by
the middle of their neighbours to cross less, then moved towards them as far as the order allows.
Cost: nodes times sweeps; pictures have at most some hundred nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

SWEEPS = 12
Key = str


class Box(NamedTuple):
    """The left upper corner and the size."""

    x: float
    y: float
    width: float
    height: float


class Layout(NamedTuple):
    """`routes`: for each edge the points it passes, from its source's side to its target's."""

    boxes: dict[Key, Box]
    routes: tuple[tuple[tuple[float, float], ...], ...]
    width: float
    height: float


class Spacing(NamedTuple):
    across: float = 100.0
    between: float = 16.0
    margin: float = 24.0


SPACING = Spacing()


def layout(
    sizes: Mapping[Key, tuple[float, float]], edges: Sequence[tuple[Key, Key]], spacing: Spacing = SPACING,
) -> Layout:
    """Places boxes of the given sizes. Edges name them; an edge from a box to itself gets no route."""
    forward = _without_cycles(list(sizes), edges)
    layer = _layers(list(sizes), forward)
    chains, heights = _chains(sizes, forward, layer)
    columns = _columns(heights, layer, max(layer.values(), default=0) + 1)
    ordered = _ordered(columns, chains)
    middle = _positions(ordered, chains, heights, spacing.between)
    return _placed(sizes, edges, ordered, chains, middle, spacing)


class _Chain(NamedTuple):
    """An edge's keys from left to right, points of passed layers between; `turned`: against the edge."""

    keys: tuple[Key, ...]
    turned: bool


def _without_cycles(nodes: Sequence[Key], edges: Sequence[tuple[Key, Key]]) -> list[tuple[Key, Key, bool]]:
    """The edges, those that lead back to where a walk came from turned round."""
    targets: dict[Key, list[Key]] = {node: [] for node in nodes}
    indegree = dict.fromkeys(nodes, 0)
    for source, target in edges:
        if source != target:
            targets[source].append(target)
            indegree[target] += 1
    back: set[tuple[Key, Key]] = set()
    state: dict[Key, int] = {}
    for root in sorted(nodes, key=lambda node: indegree[node]):
        work = [(root, iter(targets[root]))] if root not in state else []
        state.setdefault(root, 1)
        while work:
            node, rest = work[-1]
            target = next(rest, "")
            if not target:
                state[node] = 2
                work.pop()
            elif target not in state:
                state[target] = 1
                work.append((target, iter(targets[target])))
            elif state[target] == 1:
                back.add((node, target))
    return [(b, a, True) if (a, b) in back else (a, b, False) for a, b in edges if a != b]


def _layers(nodes: Sequence[Key], edges: Sequence[tuple[Key, Key, bool]]) -> dict[Key, int]:
    """The longest way from a box that nothing leads to; boxes are then moved right, next to what they lead to."""
    layer = dict.fromkeys(nodes, 0)
    for _ in nodes:
        moved = [(target, layer[source] + 1) for source, target, _ in edges if layer[target] <= layer[source]]
        if not moved:
            break
        for target, at in moved:
            layer[target] = max(layer[target], at)
    sources = {target for _, target, _ in edges}
    for node in nodes:
        nexts = [layer[target] for source, target, _ in edges if source == node]
        if node not in sources and nexts:
            layer[node] = min(nexts) - 1
    return layer


def _chains(
    sizes: Mapping[Key, tuple[float, float]], edges: Sequence[tuple[Key, Key, bool]], layer: dict[Key, int],
) -> tuple[list[_Chain], dict[Key, float]]:
    """The edges with points in the layers they pass; `layer` learns of the points. And all heights."""
    heights = {key: height for key, (_, height) in sizes.items()}
    chains = []
    for number, (source, target, turned) in enumerate(edges):
        keys = [source]
        for at in range(layer[source] + 1, layer[target]):
            point = f"\0{number}.{at}"
            layer[point] = at
            heights[point] = 4.0
            keys.append(point)
        chains.append(_Chain((*keys, target), turned))
    return chains, heights


def _columns(
    heights: Mapping[Key, float], layer: Mapping[Key, int], count: int,
) -> list[list[Key]]:
    columns: list[list[Key]] = [[] for _ in range(count)]
    for key in heights:
        columns[layer[key]].append(key)
    return columns


def _neighbours(chains: Sequence[_Chain]) -> tuple[dict[Key, list[Key]], dict[Key, list[Key]]]:
    left: dict[Key, list[Key]] = {}
    right: dict[Key, list[Key]] = {}
    for chain in chains:
        for one, next_ in pairwise(chain.keys):
            right.setdefault(one, []).append(next_)
            left.setdefault(next_, []).append(one)
    return left, right


def _ordered(columns: list[list[Key]], chains: Sequence[_Chain]) -> list[list[Key]]:
    """The columns, each sorted by the mean place of its neighbours: to the right and back, again and again."""
    left, right = _neighbours(chains)
    best, fewest = columns, _crossings(columns, right)
    for sweep in range(SWEEPS):
        columns = [list(column) for column in columns]
        beside = left if sweep % 2 == 0 else right
        order = range(len(columns)) if sweep % 2 == 0 else range(len(columns) - 1, -1, -1)
        place = {key: index for column in columns for index, key in enumerate(column)}
        for number in order:
            columns[number].sort(key=_mean_of(beside, place))
            place |= {key: index for index, key in enumerate(columns[number])}
        crossings = _crossings(columns, right)
        if crossings < fewest:
            best, fewest = columns, crossings
    return best


def _mean_of(beside: Mapping[Key, Sequence[Key]], place: Mapping[Key, int]) -> Callable[[Key], float]:
    def mean(key: Key) -> float:
        others = beside.get(key)
        return sum(place[one] for one in others) / len(others) if others else float(place[key])
    return mean


def _crossings(columns: Sequence[Sequence[Key]], right: Mapping[Key, Sequence[Key]]) -> int:
    total = 0
    place = {key: index for column in columns for index, key in enumerate(column)}
    for column in columns:
        ends = [place[other] for key in column for other in sorted(right.get(key, ()), key=place.__getitem__)]
        total += sum(first > second for number, first in enumerate(ends) for second in ends[number + 1 :])
    return total


def _positions(
    columns: Sequence[Sequence[Key]], chains: Sequence[_Chain], heights: Mapping[Key, float], gap: float,
) -> dict[Key, float]:
    """The middle of each box: near the mean of its neighbours, in order, without overlap."""
    left, right = _neighbours(chains)
    middle: dict[Key, float] = {}
    for column in columns:
        at = 0.0
        for key in column:
            middle[key] = at + heights[key] / 2
            at += heights[key] + gap
    for sweep in range(SWEEPS):
        beside = left if sweep % 2 == 0 else right
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wanted = [_mean(middle, beside.get(key, ()), middle[key]) for key in column]
            for key, at in zip(column, _apart(wanted, [heights[key] for key in column], gap), strict=True):
                middle[key] = at
    return middle


def _mean(middle: Mapping[Key, float], others: Sequence[Key], otherwise: float) -> float:
    return sum(middle[one] for one in others) / len(others) if others else otherwise


def _apart(wanted: Sequence[float], heights: Sequence[float], gap: float) -> list[float]:
    """The nearest places to those wanted that keep order and distance: runs that touch share their mean."""
    runs: list[tuple[float, int, float]] = []
    offsets: list[float] = []
    at = 0.0
    for number, height in enumerate(heights):
        at += (heights[number - 1] + height) / 2 + gap if number else 0.0
        offsets.append(at)
        total, count = wanted[number] - at, 1
        while runs and runs[-1][2] >= total / count:
            more, size, _ = runs.pop()
            total, count = total + more, count + size
        runs.append((total, count, total / count))
    starts = [mean for _, count, mean in runs for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]


def _placed(
    sizes: Mapping[Key, tuple[float, float]], edges: Sequence[tuple[Key, Key]], columns: Sequence[Sequence[Key]],
    chains: Sequence[_Chain], middle: Mapping[Key, float], spacing: Spacing,
) -> Layout:
    top = min((middle[key] - sizes.get(key, (0, 0))[1] / 2 for key in middle), default=0.0) - spacing.margin
    boxes: dict[Key, Box] = {}
    spans: dict[Key, tuple[float, float]] = {}
    x = spacing.margin
    for column in columns:
        width = max((sizes[key][0] for key in column if key in sizes), default=0.0)
        for key in column:
            spans[key] = x, x + (sizes[key][0] if key in sizes else width)
            if key in sizes:
                own, height = sizes[key]
                boxes[key] = Box(x, middle[key] - height / 2 - top, own, height)
        x += width + spacing.across
    by_ends = {(chain.keys[-1], chain.keys[0]) if chain.turned else (chain.keys[0], chain.keys[-1]): chain
               for chain in chains}
    routes = tuple(_route(by_ends.get(edge), spans, middle, top) for edge in edges)
    bottom = max((box.y + box.height for box in boxes.values()), default=0.0)
    return Layout(boxes, routes, x - spacing.across + spacing.margin, bottom + spacing.margin)


def _route(
    chain: _Chain | None, spans: Mapping[Key, tuple[float, float]], middle: Mapping[Key, float], top: float,
) -> tuple[tuple[float, float], ...]:
    if chain is None:
        return ()
    points: list[tuple[float, float]] = []
    for number, key in enumerate(chain.keys):
        y = middle[key] - top
        left, right = spans[key]
        points += [(left, y)] if number else []
        points += [(right, y)] if number < len(chain.keys) - 1 else []
    return tuple(reversed(points)) if chain.turned else tuple(points)
