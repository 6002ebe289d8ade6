; Where the grammar gave up.

(ERROR) @error
(MISSING) @missing
