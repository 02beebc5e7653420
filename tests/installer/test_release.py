from pathlib import Path

import pytest

from installer.common import BuildError, run
from installer.release import SUMS, changed, clone, write_sums


def lay(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def test_two_builds_are_compared_file_by_file(tmp_path):
    one = lay(tmp_path / "one", same="1", other="1", gone="1", setup_exe="1")
    two = lay(tmp_path / "two", same="1", other="2", come="1", setup_exe="2")
    assert changed(one, two) == ["come", "gone", "other", "setup.exe"]
    assert changed(one, two, {".exe"}) == ["come", "gone", "other"]
    assert changed(one, one) == []


def test_what_someone_else_has_cloned_is_built_again(foreign_checkout, tmp_path):
    clone(foreign_checkout, tmp_path / "again")
    assert run(["git", "log", "--format=%ct"], cwd=tmp_path / "again").strip() == "1700000001"


def test_the_sums_verify_with_the_usual_tool(tmp_path):
    lay(tmp_path / "release", a_deb="deb", b_msi="msi")
    write_sums(tmp_path / "release")
    command = ["sha256sum", "--check", "--strict", SUMS]
    folder = tmp_path / "release"
    assert run(command, cwd=folder).splitlines() == ["a.deb: OK", "b.msi: OK"]
    (folder / "a.deb").write_text("other", encoding="utf-8")
    with pytest.raises(BuildError, match=r"a\.deb: FAILED"):
        run(command, cwd=folder)
