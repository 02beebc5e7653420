"""One file a command of the command line."""

COMMANDS = ("demo", "show", "export", "check", "backup", "restore", "settings")
