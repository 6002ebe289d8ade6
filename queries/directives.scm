; Comments that tools obey. The file's generated marker and build constraints are read by discovery.

((comment) @directive
  (#match? @directive "^//(govet:|nolint|lint:ignore|lint:file-ignore)"))
