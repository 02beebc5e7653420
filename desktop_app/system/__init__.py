"""The computer below: paths, rights of files, log, messages, what is running."""
