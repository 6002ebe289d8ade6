"""What library calls do with channels, and which calls never return."""

from __future__ import annotations

CHANNEL_BORROWERS: frozenset[str] = frozenset({"reflect.TypeOf", "fmt.Sprintf", "fmt.Printf", "fmt.Println"})
"""Calls that take a channel and do nothing with it."""

NO_RETURN: frozenset[str] = frozenset(
    {
        "os.Exit",
        "syscall.Exit",
        "runtime.Goexit",
        "log.Fatal",
        "log.Fatalf",
        "log.Fatalln",
        "log.Panic",
        "log.Panicf",
        "log.Panicln",
        "testing.common.FailNow",
        "testing.common.Fatal",
        "testing.common.Fatalf",
        "testing.common.SkipNow",
        "testing.common.Skip",
    }
)
"""Calls that end the process or the goroutine."""

ENDS: tuple[str, ...] = ("Close", "Stop", "Shutdown", "close", "stop", "shutdown")
"""How methods are named that end what an object has started."""
