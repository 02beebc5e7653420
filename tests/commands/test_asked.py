"""The notebook asked for: a path as typed, or the address a desktop gives."""

import os
from pathlib import Path

import pytest

from desktop_app.commands.file_url import asked_path
from desktop_app.errors import UserError


@pytest.mark.skipif(os.name != "posix", reason="addresses have a drive on Windows")
@pytest.mark.parametrize(
    ("argument", "path"),
    [
        ("carnet.carnet", "carnet.carnet"),
        ("/tmp/à lire.carnet", "/tmp/à lire.carnet"),  # noqa: S108  (only a name)
        ("file:///home/moi/%C3%A0%20lire.carnet", "/home/moi/à lire.carnet"),
        ("file://localhost/home/moi/a.carnet", "/home/moi/a.carnet"),
        ("FILE:/home/moi/100%25.carnet", "/home/moi/100%.carnet"),
    ],
)
def test_an_address_is_a_path(argument: str, path: str) -> None:
    assert asked_path(argument) == Path(path)


@pytest.mark.skipif(os.name != "posix", reason="Windows reaches shares by such addresses")
@pytest.mark.parametrize("address", ["file://serveur/partage/a.carnet", "file://[x"])
def test_an_address_elsewhere_is_refused(address: str) -> None:
    with pytest.raises(UserError, match="sur cet ordinateur"):
        asked_path(address)
