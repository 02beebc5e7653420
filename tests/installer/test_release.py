import shutil
from pathlib import Path

import pytest

from installer import release, tools
from installer.common import ARTEFACTS, ROOT, BuildError, run, version
from installer.release import (
    SUMS,
    artefacts,
    changed,
    clone,
    differences,
    main,
    payload,
    require_checks,
    require_complete,
    require_same_again,
    write_sums,
)


def lay(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


DIST = ARTEFACTS.relative_to(ROOT)


def build(root: Path) -> Path:
    """What a build leaves in a checkout."""
    for system in tools.SYSTEMS:
        (root / payload(system)).mkdir(parents=True)
        (root / payload(system) / "carnet-impact.exe").write_text(system, encoding="utf-8")
    (root / DIST).mkdir()
    for name in artefacts(version()):
        (root / DIST / name).write_text(name, encoding="utf-8")
    return root


@pytest.fixture
def built(tmp_path, monkeypatch):
    """A checkout where everything was built, which stands for the project's."""
    root = build(tmp_path / "one")
    monkeypatch.setattr(release, "ROOT", root)
    monkeypatch.setattr(release, "ARTEFACTS", root / DIST)
    monkeypatch.setattr(release, "AGAIN", tmp_path / "again")
    monkeypatch.setattr(release, "RELEASES", root / "build" / "release")
    return root


def test_two_builds_are_compared_file_by_file(tmp_path):
    one = lay(tmp_path / "one", same="1", other="1", gone="1", setup_exe="1")
    two = lay(tmp_path / "two", same="1", other="2", come="1", setup_exe="2")
    assert changed(one, two) == ["come", "gone", "other", "setup.exe"]
    assert changed(one, two, {".exe"}) == ["come", "gone", "other"]
    assert changed(one, one) == []


def test_only_signed_packages_are_not_compared(built, tmp_path, monkeypatch):
    other = build(tmp_path / "two")
    assert list(differences(built, other)) == []
    frozen = other / payload("windows") / "carnet-impact.exe"
    frozen.write_text("other", encoding="utf-8")
    for path in (other / DIST).iterdir():
        path.write_text("other", encoding="utf-8")
    assert set(differences(built, other)) == {frozen.name, *artefacts(version())}
    monkeypatch.setattr(release, "wanted", lambda: True)
    unsigned = {name for name in artefacts(version()) if name.endswith((".deb", ".zip"))}
    assert set(differences(built, other)) == {frozen.name, *unsigned}


def test_a_build_that_made_nothing_is_not_compared(built, tmp_path):
    require_complete(built)
    for system in tools.SYSTEMS:
        program = built / payload(system) / "carnet-impact.exe"
        program.unlink()
        with pytest.raises(BuildError, match=f"no program for {system}"):
            require_complete(built)
        program.write_text(system, encoding="utf-8")
    with pytest.raises(BuildError, match="no program for linux"):
        require_complete(tmp_path / "nowhere")


@pytest.mark.parametrize("suffix", [".deb", ".exe", ".msi", ".zip"])
def test_each_package_is_there_once(built, suffix):
    [package] = (built / DIST).glob(f"*{suffix}")
    second = package.with_name(f"second{suffix}")
    second.write_text("second", encoding="utf-8")
    with pytest.raises(BuildError, match=f"only what it should; it made .*second{suffix}"):
        require_complete(built)
    second.unlink()
    package.unlink()
    with pytest.raises(BuildError, match=f"did not make {package.name}"):
        require_complete(built)


def test_the_second_build_must_be_complete_too(built, monkeypatch):
    monkeypatch.setattr(release, "clone", lambda _, target: target.mkdir())
    monkeypatch.setattr(release, "build", lambda _: None)
    with pytest.raises(BuildError, match="no program for linux"):
        require_same_again()
    shutil.rmtree(release.AGAIN)
    monkeypatch.setattr(release, "build", build)
    require_same_again()
    assert not release.AGAIN.exists()


def test_both_systems_packages_must_pass_their_checks(built, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(release, "check", lambda system: bool(asked.append(system)))
    require_checks()
    assert asked == list(tools.SYSTEMS)
    monkeypatch.setattr(release, "check", lambda system: system == "linux")
    with pytest.raises(BuildError, match="for linux did not pass"):
        require_checks()


def test_what_is_handed_out_is_what_was_checked(built, monkeypatch):
    [package] = (built / DIST).glob("*.msi")
    monkeypatch.setattr(release, "check", lambda _: package.write_text("x", "utf-8") and 0)
    with pytest.raises(BuildError, match="no longer those that were checked"):
        require_checks()


def test_a_refused_release_leaves_none(built, monkeypatch):
    target = release.RELEASES / version()
    target.mkdir(parents=True)
    (target / "earlier.deb").write_text("earlier", encoding="utf-8")
    for step in ("release_date", "require_clean_tree", "build", "require_same_again"):
        monkeypatch.setattr(release, step, lambda *_: None)
    monkeypatch.setattr(tools, "install", lambda _: None)
    monkeypatch.setattr(release, "check", lambda _: 1)
    with pytest.raises(BuildError, match="linux and windows did not pass"):
        main()
    assert not target.exists()


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
