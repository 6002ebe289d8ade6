"""What large Go projects do on purpose, and what it looks like gone wrong.

`testdata/idioms/<id>_<name>/` has cases of each idiom: those named ok… are right, their twins have the bug. Cases of
one rule that show the idiom as well are listed here. All rules run, at the confidence that users get.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

import want
from govet_py.options import Options
from govet_py.pipeline import analyse


class Idiom(NamedTuple):
    """What is done, the rules that report its twins, and the cases of rules that show it: `<rule>/<case>`."""

    text: str
    rules: frozenset[str]
    elsewhere: tuple[str, ...] = ()


MAP = frozenset({"GV101"})
RACE = frozenset({"GV101", "GV102", "GV103"})
VALUES = frozenset({"GV201"})
FRESH = frozenset({"GV202"})
LOST = frozenset({"GV203"})
ENDED = frozenset({"GV204"})
LOSS = frozenset({"GV301"})
WAITS = frozenset({"GV302"})
CLOSE = frozenset({"GV303"})
SLOT = frozenset({"GV404"})

IDIOMS = {
    "A1": Idiom("what is released or cleaned up has time of its own", ENDED, (
        "context-value-dropped/ok_unlock_detached", "fresh-context/ok_roll_back", "fresh-context/ok_deferred",
        "context-lifetime/ok_detached_on_done", "context-lifetime/over_on_done", "context-lifetime/limited_release",
        "context-lifetime/cancelled_before_unlock",
    )),
    "A2": Idiom("the span of a context is copied, its end is not", ENDED | VALUES, (
        "fresh-context/ok_says_so", "context-value-dropped/span_only_copy",
    )),
    "A3": Idiom("WithoutCancel keeps the values past the point of no return", VALUES, (
        "context-value-dropped/ok_without_cancel", "context-value-dropped/fresh_for_cleanup",
    )),
    "A4": Idiom("a context is a signal: only its end matters", FRESH, (
        "fresh-context/ok_signal", "context-value-dropped/ok_signal_only",
    )),
    "A5": Idiom("the root of a life cycle is kept in the object", LOST, ("context-value-dropped/ok_lifecycle_root",)),
    "A6": Idiom("what outlives its maker does not end with the maker's context", ENDED),
    "A7": Idiom("a fresh context only where the one at hand has ended", FRESH | VALUES, (
        "fresh-context/ok_after_the_end", "context-value-dropped/renewed_when_expired",
    )),
    "A8": Idiom("the fastest wins, the others go on", ENDED),
    "A9": Idiom("a comment says that the work goes on after the end", FRESH),
    "A10": Idiom("two branches build a root context", FRESH, ("fresh-context/limit_never_used",)),
    "A11": Idiom("a context inside a function type is none at hand", FRESH),
    "A12": Idiom("a returned function undoes when the context is over", ENDED, (
        "context-lifetime/closure_called_later",
    )),
    "A13": Idiom("methods that a listener calls begin a context", FRESH, (
        "context-value-dropped/ok_entry_point", "fresh-context/of_the_request",
    )),
    "A14": Idiom("the end of a context kills what it was for, in time of its own", ENDED),
    "B1": Idiom("a token that may be dropped wakes a loop that reads the state", LOSS, (
        "lossy-fan-in/ok_token", "lossy-fan-in/ok_reads_again",
    )),
    "B2": Idiom("room for the one result, so that its sender can end", WAITS, (
        "lossy-fan-in/ok_abandoned_result", "lossy-fan-in/ok_first_error", "blocked-sender/ok_room_for_result",
        "blocked-sender/result_after_timeout",
    )),
    "B3": Idiom("a channel is a semaphore", SLOT, (
        "lossy-fan-in/ok_semaphore", "blocked-sender/ok_semaphore", "missing-unlock/ok_slots",
        "missing-unlock/slot_kept_on_error",
    )),
    "B4": Idiom("as much room as there are senders", WAITS, (
        "lossy-fan-in/ok_room_for_all", "blocked-sender/ok_room_for_all",
    )),
    "B5": Idiom("who does not keep up is closed and forgotten", LOSS | CLOSE, (
        "lossy-fan-in/ok_closes_subscriber", "lossy-fan-in/subscribers",
    )),
    "B6": Idiom("samples and log lines are dropped and counted", LOSS),
    "B7": Idiom("ticks are dropped", WAITS, ("lossy-fan-in/ok_tick",)),
    "B8": Idiom("the runtime's signals need room for one", LOSS, ("lossy-fan-in/ok_signal_notify",)),
    "B9": Idiom("a watch's one producer waits for room, its consumer cancels and drains", WAITS, (
        "lossy-fan-in/ok_watch_contract", "blocked-sender/generator_left",
    )),
    "B10": Idiom("a channel is a pool", SLOT, (
        "lossy-fan-in/ok_pool", "lossy-fan-in/ok_panics", "lossy-fan-in/ok_recycled", "missing-unlock/sibling_pair",
    )),
    "B11": Idiom("a channel of its own for each shard, made inside the fan-out", LOSS | WAITS),
    "B12": Idiom("a send that may meet a closed channel recovers", CLOSE, ("lossy-fan-in/ok_sends_under_recover",)),
    "C1": Idiom("a method named …Locked relies on its caller's lock", MAP, ("map-race/ok_locked_suffix",)),
    "C2": Idiom("callers lock, two calls up, and only a comment says so", MAP, (
        "map-race/ok_callers_lock", "map-race/ok_lock_above_an_interface",
    )),
    "C3": Idiom("the owner's lock guards an inner type without one", MAP, ("map-race/ok_outer_lock",)),
    "C4": Idiom("a deferred closure writes before the deferred unlock", MAP, (
        "map-race/ok_defer_order", "map-race/ok_unlocked_by_defer",
    )),
    "C5": Idiom("a function literal that is called at once is a lock's scope", MAP, ("map-race/ok_closure_scope",)),
    "C6": Idiom("a named closure locks itself", MAP, ("map-race/ok_named_closure_locks",)),
    "C7": Idiom("a concurrent callback locks at its top", MAP, ("map-race/ok_lock_in_callback",)),
    "C8": Idiom("a local lock serialises a stream's callback", MAP, (
        "map-race/ok_stream_under_local_lock", "map-race/ok_serialised_by_helper",
        "map-race/ok_serialised_across_packages",
    )),
    "C9": Idiom("the map is made inside the concurrent callback", MAP, (
        "map-race/ok_semi_join", "map-race/ok_map_in_callback", "map-race/semi_join", "map-race/join_of_streams",
    )),
    "C10": Idiom("a copy is written", MAP, (
        "map-race/ok_copy_before_write", "map-race/ok_copies_for_sources", "map-race/ok_getter_clones",
        "map-race/shared_by_sources", "map-race/mutated_three_calls_down", "map-race/struct_copied",
    )),
    "C11": Idiom("built first, then published", MAP, (
        "map-race/ok_build_then_publish", "map-race/ok_atomic_snapshot", "map-race/ok_map_replaced_under_lock",
    )),
    "C12": Idiom("constructors, init functions and registries write alone", MAP, (
        "map-race/ok_registry_at_init", "map-race/package_map_in_handlers",
    )),
    "C13": Idiom("read after the goroutines have ended", MAP, (
        "map-race/ok_joined", "map-race/ok_group_across_packages", "map-race/returned_while_written",
        "map-race/read_after_timeout",
    )),
    "C14": Idiom("one goroutine owns the map, others send messages", MAP, ("map-race/ok_single_owner",)),
    "C15": Idiom("lent to a goroutine that is always awaited", RACE, ("map-race/ok_sequential_handover",)),
    "C16": Idiom("filled before it is handed over through a queue", RACE, ("map-race/ok_filled_before_enqueued",)),
    "C17": Idiom("a sync.Once for each entry, the map under the lock", MAP, (
        "map-race/ok_once_per_entry", "map-race/ok_once",
    )),
    "C18": Idiom("several locks in a struct, each for its own fields", MAP, (
        "map-race/ok_lock_for_each_field", "map-race/skew_without_lock", "map-race/two_locks",
    )),
    "C19": Idiom("a global lock guards a global map", MAP, ("map-race/ok_package_lock", "map-race/ok_handlers_lock")),
    "C20": Idiom("a wrapper's lock guards promoted fields", MAP, ("map-race/ok_promoted_through_wrapper",)),
    "C21": Idiom("an object of one request", MAP, ("map-race/ok_per_request_object", "map-race/ok_object_of_its_own")),
    "C22": Idiom("the map belongs to the callback's argument", MAP, ("map-race/ok_per_item_object",)),
    "C23": Idiom("visitors that look like concurrent callbacks", MAP, (
        "map-race/ok_resolver_visits", "map-race/ok_visitor",
    )),
    "C24": Idiom("every goroutine has its own element of a slice", RACE, (
        "map-race/ok_index_per_goroutine", "captured-race/ok_own_error", "captured-race/append_to_shared",
    )),
    "C25": Idiom("fakes of tests need no locks", MAP),
}

EXPECTED_MISSES = {
    "idioms/c22_argument_of_callback/one_record_for_all":
        "what a callback's argument is in the function that starts the goroutines is not known where it was written",
}
"""Cases whose bug is not found, and why."""


def cases_of(idiom: str) -> list[want.Case]:
    """The idiom's own cases, then those of rules."""
    letter, number = idiom[0].lower(), int(idiom[1:])
    own = want.cases(folder for folder in want.idiom_folders() if folder.startswith(f"idioms/{letter}{number:02}_"))
    return own + [want.case(name) for name in IDIOMS[idiom].elsewhere]


CASES = [
    pytest.param(idiom, case, id=f"{idiom}-{case}", marks=[
        pytest.mark.xfail(reason=reason, strict=True) for name, reason in EXPECTED_MISSES.items() if name == str(case)
    ])
    for idiom in IDIOMS
    for case in cases_of(idiom)
]


@pytest.mark.parametrize(("idiom", "case"), CASES)
def test_case(idiom: str, case: want.Case) -> None:
    report = analyse(Options(paths=(str(case.folder),), jobs=1))
    wrong = want.verdict(case, report)
    assert not wrong, "\n".join(["", *wrong])
    assert {finding.rule.id for finding in report.findings} <= IDIOMS[idiom].rules


@pytest.mark.parametrize("idiom", IDIOMS)
def test_idiom_has_cases_of_both_kinds(idiom: str) -> None:
    assert {case.is_ok for case in cases_of(idiom)} == {True, False}


def test_every_folder_shows_an_idiom() -> None:
    known = {str(case) for idiom in IDIOMS for case in cases_of(idiom)}
    assert {str(case) for case in want.cases(want.idiom_folders())} <= known


def test_every_expected_miss_is_a_case() -> None:
    known = {str(case) for idiom in IDIOMS for case in cases_of(idiom)}
    assert EXPECTED_MISSES.keys() <= known
