"""The two kinds of error: what the user or their machine caused, and everything else (a bug)."""


class UserError(Exception):
    """A problem the person can act on.

    ``str(error)`` is one plain French sentence (or two) that says what happened and what to do.
    Shown as it is by the window and the command line; never logged with personal data.
    """
