"""One method = one user intent = one transaction. Takes frozen commands, returns frozen rows."""
