"""Where things are and what the user chose. No Qt, no store."""
