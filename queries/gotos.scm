; Jumps to labels: one to a label before it makes a loop.

(goto_statement (label_name) @label)
