"""Where a person's files go, even a person the system hardly knows."""

import os
from pathlib import Path

import pytest

from desktop_app.config.declared import BY_KEY
from desktop_app.config.settings import Settings
from desktop_app.errors import UserError
from desktop_app.system.log import append_log
from desktop_app.system.paths import user_dirs


@pytest.mark.skipif(os.name != "posix", reason="a Windows account always has its folders")
def test_an_account_without_a_home_keeps_nothing_and_breaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_number: int) -> None:
        raise KeyError

    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", unknown)
    dirs = user_dirs()
    settings = Settings(dirs.config / "settings.json")
    with pytest.raises(UserError, match="n’a pas pu être enregistré"):
        settings.set("agent", "Essai")
    assert settings.text("agent") == BY_KEY["agent"].default
    assert append_log(dirs.log, "une ligne") is None
    assert dirs.documents.is_dir()
    assert list(tmp_path.iterdir()) == []
