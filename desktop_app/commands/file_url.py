"""The notebook asked for on the command line: a path, or the address a desktop gives."""

import os
from contextlib import suppress
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.french import quoted

SCHEME = "file:"


def asked_path(argument: str) -> Path:
    """Raises UserError for an address that leads to no file here."""
    if not argument.lower().startswith(SCHEME):
        return Path(argument)
    from urllib.parse import unquote, urlsplit
    from urllib.request import url2pathname

    with suppress(ValueError, OSError):  # « file://[x » is no address, « file:///a|b|c » no path
        address = urlsplit(argument)
        if address.netloc in {"", "localhost"}:
            return Path(url2pathname(address.path))
        if os.name == "nt":  # a network share: file://server/share/…
            return Path(f"//{address.netloc}{unquote(address.path)}")
    raise UserError(
        f"{quoted(argument)} n’est pas sur cet ordinateur. Ouvrez le carnet depuis un dossier."
    )
