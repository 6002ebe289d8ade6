"""Objects of libraries that only one goroutine at a time may use, as the documentation of their types says."""

from __future__ import annotations

UNSHARED: dict[str, frozenset[str]] = {
    "bufio.Reader": frozenset({"Buffered", "Size"}),
    "bufio.Scanner": frozenset({"Bytes", "Err", "Text"}),
    "bufio.Writer": frozenset({"Available", "Buffered", "Size"}),
    "bytes.Buffer": frozenset({"Available", "AvailableBuffer", "Bytes", "Cap", "Len", "String"}),
    "container/list.List": frozenset({"Back", "Front", "Len"}),
    "encoding/csv.Reader": frozenset({"FieldPos", "InputOffset"}),
    "encoding/csv.Writer": frozenset({"Error"}),
    "encoding/json.Decoder": frozenset({"InputOffset"}),
    "encoding/json.Encoder": frozenset(),
    "golang.org/x/text/collate.Collator": frozenset(),
    "math/rand.Rand": frozenset(),
    "math/rand/v2.Rand": frozenset(),
    "strings.Builder": frozenset({"Cap", "Len", "String"}),
    "text/tabwriter.Writer": frozenset(),
}
"""The types, with those of their methods that change nothing."""

STREAMS: frozenset[str] = frozenset({"google.golang.org/grpc.ClientStream", "google.golang.org/grpc.ServerStream"})
"""What the interfaces of remote streams embed: one goroutine may send while another receives, but no two may send."""

STREAM_METHODS: dict[str, str] = {
    "CloseAndRecv": "receives",
    "Recv": "receives",
    "Send": "sends",
    "SendAndClose": "sends",
}
"""The methods of such interfaces, with the half of the stream that they use."""

WRITE_TO: frozenset[str] = frozenset({"fmt.Fprint", "fmt.Fprintf", "fmt.Fprintln", "io.Copy", "io.WriteString"})
"""Functions that write to their first argument."""
