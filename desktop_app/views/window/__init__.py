"""The main window: its commands, its dialogs, where it is, and what it asks of the rooms below."""
