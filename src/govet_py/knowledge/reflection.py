"""Which library calls read or set all fields of what they are given, by reflection."""

from __future__ import annotations

PRINTED_FROM: dict[str, int] = {
    "fmt.Errorf": 1,
    "fmt.Fprintf": 2,
    "fmt.Fprintln": 1,
    "fmt.Print": 0,
    "fmt.Printf": 1,
    "fmt.Println": 0,
    "fmt.Sprint": 0,
    "fmt.Sprintf": 1,
    "fmt.Sprintln": 0,
    "log.Print": 0,
    "log.Printf": 1,
    "log.Println": 0,
    "log.Logger.Print": 0,
    "log.Logger.Printf": 1,
    "log.Logger.Println": 0,
}
"""What prints values, with the first argument that it prints."""

LIKE_PRINTF: frozenset[str] = frozenset(
    {"Debugf", "Errorf", "Fatalf", "Infof", "Logf", "Panicf", "Printf", "Tracef", "Warnf", "Warningf"}
)
"""How functions of other libraries are named that take a format and what it prints."""

LAST_WORDS: tuple[str, ...] = ("Exit", "Fatal", "Panic")
"""How functions are named that print and then end the program."""

TEXT_VERBS: frozenset[str] = frozenset("svqxXw")
"""The verbs that show a value as it shows itself (package fmt, "Printing")."""

PRINTED_BY: tuple[str, ...] = ("Format", "Error", "String")
"""The methods by which a value is printed, the first that it has."""

SERIALISED: dict[str, int] = {
    "encoding/gob.Encoder.Encode": 0,
    "encoding/json.Encoder.Encode": 0,
    "encoding/json.Marshal": 0,
    "encoding/json.MarshalIndent": 0,
    "encoding/xml.Marshal": 0,
    "encoding/xml.MarshalIndent": 0,
}
"""What serialises one of its arguments: the exported fields."""

FILLED: dict[str, int] = {
    "encoding/gob.Decoder.Decode": 0,
    "encoding/json.Decoder.Decode": 0,
    "encoding/json.Unmarshal": 1,
    "encoding/xml.Decoder.Decode": 0,
    "encoding/xml.Unmarshal": 1,
}
"""What sets the fields of what one of its arguments points to."""

SERIALISED_BY: dict[str, tuple[str, ...]] = {
    "encoding/gob": ("GobEncode",),
    "encoding/json": ("MarshalJSON", "MarshalText"),
    "encoding/xml": ("MarshalXML", "MarshalText"),
}
"""The methods by which packages serialise a value, the first that it has."""

OWN_FORMS: tuple[str, ...] = ("String", "Error", "Format", "MarshalJSON", "MarshalText", "MarshalXML", "GobEncode")
"""The methods of types that say themselves how they are printed or serialised."""
