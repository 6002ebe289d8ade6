"""Truth among abstract values: true, false, or not known."""

from __future__ import annotations

from govet_py.concurrency.flow.described import Abstract, Mark


def any_of(values: set[Abstract]) -> Abstract:
    """Three-valued or."""
    return True if True in values else Mark.UNKNOWN if Mark.UNKNOWN in values else False


def negated(value: Abstract) -> Abstract:
    if isinstance(value, bool):
        return not value
    opposite: dict[Abstract, Abstract] = {Mark.TYPED: Mark.UNTYPED, Mark.UNTYPED: Mark.TYPED}
    return opposite.get(value, Mark.UNKNOWN)


def both(left: Abstract, right: Abstract) -> Abstract:
    """Three-valued and; a test of the type is what it is besides what is true."""
    if False in (left, right):
        return False
    if left is True or left == right:
        return right
    return left if right is True else Mark.UNKNOWN
