import os
import sys

import pytest

import desktop_app
from installer import common
from installer.common import (
    BuildError,
    epoch,
    git,
    release_date,
    reproducible_environment,
    run,
    tree_hash,
    tree_size,
    version,
)


def test_the_version_is_the_programs_own():
    assert version() == desktop_app.__version__


def test_the_changelog_must_date_the_version(tmp_path):
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("# Changelog\n\n## 1.2.3 — 2026-11-23\n\n## 1.2.2 — unreleased\n", "utf-8")
    assert release_date(changelog, "1.2.3").isoformat() == "2026-11-23"
    for undated in ("1.2.2", "1.2", "1.2.4"):
        with pytest.raises(BuildError, match=undated):
            release_date(changelog, undated)


def test_a_payloads_hash_tells_names_and_contents_and_not_dates(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name / "deep").mkdir(parents=True)
        (tmp_path / name / "deep" / "a").write_bytes(b"abc")
        (tmp_path / name / "link").symlink_to("deep/a")
    os.utime(tmp_path / "two" / "deep" / "a", (0, 0))
    assert tree_hash(tmp_path / "one") == tree_hash(tmp_path / "two")
    assert tree_size(tmp_path / "one") == 3 + len("deep/a")

    (tmp_path / "two" / "link").unlink()
    (tmp_path / "two" / "link").symlink_to("deep/b")
    changed_link = tree_hash(tmp_path / "two")
    (tmp_path / "two" / "deep" / "a").rename(tmp_path / "two" / "deep" / "b")
    assert len({tree_hash(tmp_path / "one"), changed_link, tree_hash(tmp_path / "two")}) == 3


def test_a_failed_command_says_its_last_lines():
    with pytest.raises(BuildError, match="status 3:\nlost"):
        run([sys.executable, "-c", "print('lost'); raise SystemExit(3)"])
    with pytest.raises(BuildError, match="no-such-tool is not installed"):
        run(["no-such-tool"])
    with pytest.raises(BuildError, match=r"within 0 s"):
        run(
            [sys.executable, "-c", "input() if False else __import__('time').sleep(9)"], timeout=0.2
        )
    assert run([sys.executable, "-c", "import sys; print(sys.stdin.read() == '')"]) == "True\n"


def test_what_makes_builds_differ_is_fixed(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert epoch() == 1700000000
    environment = reproducible_environment()
    assert environment["SOURCE_DATE_EPOCH"] == "1700000000"
    assert (environment["PYTHONHASHSEED"], environment["TZ"]) == ("0", "UTC")


def test_git_is_asked_once_for_the_date_of_a_build(checkout, monkeypatch):
    assert epoch() == 1700000001
    monkeypatch.setattr(common, "run", None)
    assert epoch() == 1700000001
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000002")
    assert epoch() == 1700000002


def test_root_builds_what_someone_else_has_cloned(foreign_checkout):
    with pytest.raises(BuildError, match="dubious ownership"):
        run(["git", "log"], cwd=foreign_checkout)
    assert epoch() == 1700000001
    assert git("status", "--porcelain", root=foreign_checkout) == ""


def test_without_a_commit_the_date_must_be_given(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(common, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(BuildError, match=r"set SOURCE_DATE_EPOCH.*not a git repository"):
        epoch()
