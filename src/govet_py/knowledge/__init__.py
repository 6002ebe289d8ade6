"""What libraries mean: data only. Teaching the tool a new API is one line in a table here."""
