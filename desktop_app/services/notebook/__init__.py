"""The notebook itself: opening it, its rules, its history, what is private, search."""
