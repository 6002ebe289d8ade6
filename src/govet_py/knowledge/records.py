"""Derived records: who watches them, who builds them. Data, extensible by configuration.

Functions are named by the last element of their import path: `topo.Server.WatchSrvVSchema`.
"""

from __future__ import annotations

from typing import NamedTuple

from govet_py.model.program import Program


class Record(NamedTuple):
    """A record that one component's events create and others depend on.

    `watches` depend on its being there, `reads` tell whether it is, `ensures` build it.
    """

    name: str
    watches: frozenset[str]
    reads: frozenset[str]
    ensures: frozenset[str]


RECORDS: tuple[Record, ...] = (
    Record(
        "SrvKeyspace",
        watches=frozenset({"topo.Server.WatchSrvKeyspace", "srvtopo.Server.WatchSrvKeyspace"}),
        reads=frozenset({"topo.Server.GetSrvKeyspace", "srvtopo.Server.GetSrvKeyspace"}),
        ensures=frozenset(
            {
                "topo.Server.UpdateSrvKeyspace",
                "topotools.RebuildKeyspace",
                "topotools.RebuildKeyspaceLocked",
            }
        ),
    ),
    Record(
        "SrvVSchema",
        watches=frozenset({"topo.Server.WatchSrvVSchema", "srvtopo.Server.WatchSrvVSchema"}),
        reads=frozenset({"topo.Server.GetSrvVSchema"}),
        ensures=frozenset({"topo.Server.UpdateSrvVSchema", "topo.Server.RebuildSrvVSchema"}),
    ),
)

WATCH = "Watch"
READS = ("Get", "Read")
BUILDS = ("Create", "Update", "Put", "Save", "Set", "Write", "Rebuild", "Ensure")
"""How the functions of a store of records begin: `WatchShard`, `GetShard`, `CreateShard` are about the record Shard."""

KEY_WATCHES = (WATCH, "Subscribe", "Listen", "Follow", "Observe")
KEY_READS = (*READS, "Fetch", "Load", "Lookup")
KEY_BUILDS = (*BUILDS, "Store", "Upsert", "Insert")
"""How the methods begin that a store keeps everything by: `Watch(key)`, `Get(key)`, `Put(key, value)`."""

JOINS: frozenset[str] = frozenset({"path.Join", "path/filepath.Join", "fmt.Sprintf", "fmt.Sprint", "strings.Join"})
"""Calls that put a key together."""

PROGRAM_DIRECTORY = "cmd"
"""Packages named main, and those under such a directory, are programs: they start everything else."""


def is_program(program: Program, package: str) -> bool:
    """Reports whether a package is, or is part of, a program."""
    return PROGRAM_DIRECTORY in package.split("/") or program.is_main(package)


def short_id(function: str) -> str:
    """A function id with only the last element of its import path."""
    return function.rpartition("/")[2]
