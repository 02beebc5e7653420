"""Checkouts whose commit is known, and bundles whose contents are."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from installer import common
from installer.common import ROOT, run
from installer.origins import Frozen
from tests.installer.bundles import install, record


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of one commit, which stands for the project's; git has no other setting."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(common, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    who = {
        f"GIT_{role}_{word}": "x" for role in ("AUTHOR", "COMMITTER") for word in ("NAME", "EMAIL")
    }
    when = {"GIT_AUTHOR_DATE": "1700000001 +0000", "GIT_COMMITTER_DATE": "1700000001 +0000"}
    run(["git", "init", "--quiet"], cwd=tmp_path)
    commit = ["git", "commit", "--quiet", "--allow-empty", "--message", "one"]
    run(commit, cwd=tmp_path, env={**os.environ, **who, **when})
    return tmp_path


@pytest.fixture
def foreign_checkout(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, that someone else made."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root gives files away")
    for path in (checkout, *checkout.rglob("*")):
        os.chown(path, 65534, 65534)
    return checkout


@pytest.fixture
def frozen(tmp_path: Path) -> Frozen:
    """A bundle of two packages, of three that are installed."""
    site, wheels, payload = (tmp_path / name for name in ("site-packages", "wheels", "payload"))
    wheels.mkdir()
    payload.mkdir()
    (payload / "program").write_bytes(b"program")
    install(site, wheels, "used_one", "1.0", "License-Expression: MIT")
    install(site, wheels, "unused", "2.0", "License-Expression: MIT")
    install(site, wheels, "pyinstaller", "6.0", "License: GPL")
    contents = tmp_path / "work" / "contents.json"
    contents.parent.mkdir()
    record(contents, f"{site}/used_one/core.py", f"{ROOT}/desktop_app/cli.py")
    return Frozen("linux", payload, contents, site, wheels, "3.11.2", Path("/usr"))


@pytest.fixture
def windows(frozen: Frozen, tmp_path: Path) -> Frozen:
    """The same for Windows, whose Python stands inside the checkout."""
    (frozen.payload / "_internal").mkdir()
    runtime = ROOT / "build" / "windows" / "python"
    return replace(frozen, system="windows", python="3.11.9", runtime=runtime)
