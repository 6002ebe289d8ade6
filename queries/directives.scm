; Comments; those that tools obey are told by how they begin. A predicate here would fail on bytes that are no UTF-8.

(comment) @comment
