"""govet-py: a static analyser for concurrency and context bugs in Go.

The program reads from `govet_py.pipeline`, which shows the data flow on one screen, and from
`govet_py.model`, which defines the words that flow.
"""

__version__ = "0.1.0"
