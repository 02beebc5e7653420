"""What documents are made of, read in one snapshot."""
