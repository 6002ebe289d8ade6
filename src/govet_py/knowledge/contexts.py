"""What library calls do to a context: by function id, which argument the resulting context keeps.

Derivations of the code under analysis are inferred; only what has no body here is listed.
"""

from __future__ import annotations

from govet_py.knowledge.cancels import CANCELS
from govet_py.model.types import Named

BEFORE_GO_1_7 = "golang.org/x/net/"
"""Where package context was before it came to the standard library; old code imports it from there."""

PACKAGE = "context."
"""How the ids of its functions begin."""

CONTEXT = Named("context", "Context")
CANCEL_FUNCTIONS: frozenset[Named] = frozenset({Named("context", "CancelFunc"), Named("context", "CancelCauseFunc")})
"""The types of functions that end a context and come back at once."""

TODO: frozenset[str] = frozenset({"context.TODO", f"{BEFORE_GO_1_7}context.TODO"})
"""Contexts that say of themselves that another one belongs there."""

FRESH: frozenset[str] = TODO | {"context.Background", f"{BEFORE_GO_1_7}context.Background"}

WITH_VALUE: frozenset[str] = frozenset({"context.WithValue", f"{BEFORE_GO_1_7}context.WithValue"})
VALUE = "context.Context.Value"

KEEPS: dict[str, int] = {
    "context.WithCancel": 0,
    f"{BEFORE_GO_1_7}context.WithCancel": 0,
    "context.WithCancelCause": 0,
    "context.WithTimeout": 0,
    f"{BEFORE_GO_1_7}context.WithTimeout": 0,
    "context.WithTimeoutCause": 0,
    "context.WithDeadline": 0,
    f"{BEFORE_GO_1_7}context.WithDeadline": 0,
    "context.WithDeadlineCause": 0,
    "context.WithoutCancel": 0,
    "golang.org/x/sync/errgroup.WithContext": 0,
    "os/signal.NotifyContext": 0,
    "google.golang.org/grpc/metadata.NewOutgoingContext": 0,
    "google.golang.org/grpc/metadata.NewIncomingContext": 0,
    "google.golang.org/grpc/metadata.AppendToOutgoingContext": 0,
    "google.golang.org/grpc/peer.NewContext": 0,
    "runtime/pprof.WithLabels": 0,
    "runtime/trace.NewTask": 0,
    "github.com/opentracing/opentracing-go.ContextWithSpan": 0,
}
"""Calls whose context result has all values of that argument."""

DONE = "context.Context.Done"
ERR = "context.Context.Err"
CAUSE = "context.Cause"
DONE_NAME = "Done"
ERR_NAME = "Err"
"""The same methods as they are written behind the dot."""

OVER: frozenset[str] = frozenset({"Canceled", "DeadlineExceeded"})
"""The variables of the package that are the errors of a context which is over."""

CANCELLABLE: frozenset[str] = frozenset(CANCELS)
"""Calls whose second result ends their first: to call it is a signal on the context's Done."""

LIMITED: frozenset[str] = frozenset(
    {
        "context.WithTimeout",
        "context.WithTimeoutCause",
        "context.WithDeadline",
        "context.WithDeadlineCause",
        f"{BEFORE_GO_1_7}context.WithTimeout",
        f"{BEFORE_GO_1_7}context.WithDeadline",
    }
)
"""Calls whose context ends by itself, in time."""

DETACHED = "context.WithoutCancel"

LOOKS_ONLY: tuple[str, ...] = (
    "context.",
    f"{BEFORE_GO_1_7}context.",
    "log/slog.",
    "runtime/pprof.",
    "runtime/trace.",
    "google.golang.org/grpc/metadata.",
    "google.golang.org/grpc/peer.",
    "github.com/opentracing/opentracing-go.",
    "go.opentelemetry.io/",
    "go.uber.org/zap",
    "github.com/uber/jaeger-client-go",
)
"""How functions of libraries begin that take a context for its values only and never wait."""

GIVES_CONTEXT = "Context"
"""The method by which requests and streams give the context that they come with."""

COMMAND = Named("github.com/spf13/cobra", "Command")
"""The type that is given to the functions which are commands: the program ends with them."""

ASKS_COMMAND = f"{COMMAND.package}.{COMMAND.name}.{GIVES_CONTEXT}"
GIVES_COMMAND: frozenset[str] = frozenset(
    f"{COMMAND.package}.{COMMAND.name}.{method}" for method in ("ExecuteContext", "ExecuteContextC", "SetContext")
)
"""The methods that ask a command for its context, and that give it one: with `Execute` alone it has none that ends."""

CARRIERS: dict[str, str] = {
    "net/http.Request": GIVES_CONTEXT,
    "github.com/spf13/cobra.Command": GIVES_CONTEXT,
}
"""Types whose method of that name gives the context of the request that they are."""

WITH_CONTEXT: tuple[str, ...] = ("Context", "WithContext", "Ctx")
"""How the name of a function ends that takes a context, where there is one of the rest of the name that does not."""

RUN_LATER: dict[str, frozenset[str]] = {"os/exec.Cmd": frozenset({"Run", "Output", "CombinedOutput", "Wait"})}
"""Types of results that only these of their methods wait for."""

CARRIES: dict[str, int] = {
    "net/http.NewRequestWithContext": 0,
    "net/http/httptest.NewRequestWithContext": 0,
    "net/http.Request.WithContext": 0,
    "net/http.Request.Clone": 0,
}
"""Calls that return such a thing, and which argument its context is."""

CARRIES_FRESH: frozenset[str] = frozenset({"net/http.NewRequest", "net/http/httptest.NewRequest"})
"""Those that put a fresh context into it."""

GIVES: frozenset[str] = frozenset(f"{carrier}.{method}" for carrier, method in CARRIERS.items())
"""Those methods, by their ids."""

GROUP = "golang.org/x/sync/errgroup.WithContext"
GROUP_ENDS: frozenset[str] = frozenset({"golang.org/x/sync/errgroup.Group.Wait"})
"""The methods of a group that end the context made with it."""

REQUEST = "net/http.Request"

UNDOES: tuple[str, ...] = (
    "close",
    "shutdown",
    "stop",
    "release",
    "unlock",
    "rollback",
    "undo",
    "unwind",
    "revert",
    "restore",
    "cleanup",
    "clean",
    "cancel",
    "abort",
    "kill",
    "revoke",
    "teardown",
    "terminate",
    "unregister",
    "deregister",
    "flush",
    "drain",
)
"""How functions are named that end or undo what was begun, and must run although the request is over: a
hint that lowers confidence, no proof."""

REVERSES: tuple[str, ...] = ("de", "dis", "un")
"""How the name of what takes something back begins, before the name of what does it."""

ALSO_WORK: tuple[str, ...] = ("restore",)
"""Those of these names that ordinary work has as well, which takes its time: to restore a backup."""

REMOVES: tuple[str, ...] = ("delete", "remove")
"""How functions are named that take back what was put, where it is known that something has failed."""

UNDOING_STATEMENTS: tuple[str, ...] = ("unlock", "rollback", "release", "select release", "do release", "kill", "drop")
"""How the SQL statements begin that end or undo what was begun on a connection."""

ACQUIRES: frozenset[str] = frozenset(
    {
        "golang.org/x/sync/semaphore.Weighted.Acquire",
        "golang.org/x/time/rate.Limiter.Wait",
        "golang.org/x/time/rate.Limiter.WaitN",
    }
)
"""Calls that give nothing when the context ends: only their error tells."""

LIVES_ON: frozenset[str] = frozenset(
    {
        "database/sql.Rows",
        "database/sql.Row",
        "database/sql.Tx",
        "net/http.Response",
        "net/http.Request",
        "os/exec.Cmd",
    }
)
"""Types of results that go on using the context they were made with: they fail when it ends."""

PASSED_ON: frozenset[str] = frozenset(
    {
        "net/http.Response.Body",
        "os/exec.Cmd.StdoutPipe",
        "os/exec.Cmd.StderrPipe",
        "bufio.NewReader",
        "bufio.NewReaderSize",
        "bufio.NewScanner",
        "compress/bzip2.NewReader",
        "compress/flate.NewReader",
        "compress/gzip.NewReader",
        "compress/zlib.NewReader",
        "encoding/csv.NewReader",
        "encoding/json.NewDecoder",
        "encoding/xml.NewDecoder",
        "archive/tar.NewReader",
        "io.LimitReader",
        "io.MultiReader",
        "io.NopCloser",
        "io.TeeReader",
    }
)
"""Fields, and functions by their id, that go on using what they are of, or are given: a reader of a body."""

RECEIVE = "Recv"
"""The method of a remote stream that waits for the next message."""

SEND = "Send"
STREAM: frozenset[str] = frozenset({RECEIVE, SEND})
"""The methods of the side of a remote stream that serves it, one of which it has."""

CLIENT_STREAM: frozenset[str] = frozenset({RECEIVE, "CloseSend"})
"""The methods that tell the client's side of a remote stream."""

CLIENT_STREAM_BASE = "google.golang.org/grpc.ClientStream"
"""The interface that it embeds in generated code."""

SERVER_STREAM = "ServerStream"
"""How the interface is named that the server's side embeds."""

ENDED_BY_CONTEXT: frozenset[str] = frozenset(
    {
        "github.com/coreos/etcd/clientv3.Client.Watch",
        "github.com/coreos/etcd/clientv3.Watcher.Watch",
        "go.etcd.io/etcd/client/v3.Client.Watch",
        "go.etcd.io/etcd/client/v3.Watcher.Watch",
    }
)
"""Calls that start what only the end of their context ends (their documentation)."""

RUNS_AT_END: dict[str, tuple[int, int]] = {"context.AfterFunc": (0, 1)}
"""Calls that run a function when a context is over: the positions of the two."""

ENDED_BY_RESULT: frozenset[str] = frozenset(RUNS_AT_END)
"""The same, where the function that is returned ends it as well."""
