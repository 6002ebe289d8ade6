"""Releases under a parameter that a caller gave a time limit: what fails for want of time is not undone.

The limit is found among the callers; the release runs at least after a failure, is named like one, and gives up when
its context is over.
"""

from __future__ import annotations

from typing import NamedTuple

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.contexts.cancellation import Given
from govet_py.concurrency.contexts.givers import Giver, Givers, parameters
from govet_py.concurrency.contexts.giving_up import GivingUp
from govet_py.concurrency.contexts.scoped_contexts import ScopedContexts
from govet_py.concurrency.contexts.served_requests import ServedRequests
from govet_py.concurrency.flow.failures import failed
from govet_py.model.source import Site


class Expiring(NamedTuple):
    """The release at `call` of `function` runs under a context that the call at `limit` limits; it comes down by the
    calls `through`, outermost first."""

    function: str
    call: int
    limit: Site
    through: tuple[Site, ...]


class ExpiringReleases:
    """Of a program."""

    def __init__(
        self, scoped: ScopedContexts, givers: Givers, giving_up: GivingUp, requests: ServedRequests
    ) -> None:
        self._scoped = scoped
        self._givers = givers
        self._giving_up = giving_up
        self._requests = requests

    def of(self, code: FunctionCode, literal: FunctionCode, given: Given) -> Expiring | None:
        """The limit of a release that function `code` defers a literal for."""
        if literal.block_of(given.call) not in failed(literal):
            return None
        return self.limited(code, literal, given)

    def limited(self, code: FunctionCode, function: FunctionCode, given: Given) -> Expiring | None:
        """The limit that a caller of `code` sets to the context of a call, which gives up then; `function` is `code` or
        a literal of it."""
        variables = self._scoped.variables(function, given.argument)
        own = [at for id, at in parameters(code, variables) if id == code.id]
        if not own or not self._giving_up.at(function, given):
            return None
        for giver in self._givers.up(code, own):
            limit = self._limit(giver)
            if limit is not None:
                return Expiring(function.id, given.call, limit, giver.through)
        return None

    def is_of_request(self, code: FunctionCode, given: Given) -> bool:
        """Reports whether a call gives up when the request is over that a function works for."""
        variables = self._scoped.variables(code, given.argument)
        own = [at for id, at in parameters(code, variables) if id == code.id]
        if not own or not self._giving_up.at(code, given):
            return False
        return any(self._requests.of(giver) is not None for giver in self._givers.up(code, own))

    def _limit(self, giver: Giver) -> Site | None:
        """Where a caller gives the context a time limit, which ends with the caller itself."""
        for scoped in self._scoped.by_function.get(giver.function.id, ()):
            if scoped.limited and (giver.function.id, scoped.made) in (giver.makers or ()):
                return giver.function.site(scoped.made)
        return None
