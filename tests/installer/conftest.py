"""Checkouts whose commit is known, and who owns them."""

import os
from pathlib import Path

import pytest

from installer import common
from installer.common import run


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
