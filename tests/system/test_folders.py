"""Folders: asked without leaving anything, and remembered without waiting."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Event, Thread

import pytest

from desktop_app.config.policy import judged
from desktop_app.config.settings import Settings
from desktop_app.system.folders import SeenFolders, folder_lack

posix = pytest.mark.skipif(os.name != "posix", reason="rights are set otherwise on Windows")
Unprivileged = Callable[[], AbstractContextManager[None]]


@pytest.mark.parametrize("tried", [False, True], ids=["asked", "tried"])
class TestLack:
    """What Windows only tells by trying, and what other systems answer, is said the same."""

    def test_none(self, tmp_path: Path, tried: bool) -> None:
        assert folder_lack(tmp_path, made=False, tried=tried) == ""
        assert folder_lack(tmp_path / "à" / "faire", made=True, tried=tried) == ""
        assert list(tmp_path.iterdir()) == []

    def test_not_there(self, tmp_path: Path, tried: bool) -> None:
        assert folder_lack(tmp_path / "a", made=False, tried=tried) == "est introuvable"
        (tmp_path / "a").write_text("")
        assert folder_lack(tmp_path / "a", made=False, tried=tried) == "est introuvable"
        lack = folder_lack(tmp_path / "a" / "b", made=True, tried=tried)
        assert lack == f"ne peut pas être créé dans {tmp_path / 'a'}"

    @posix
    def test_read_only(
        self,
        open_folder: Path,
        unprivileged: Unprivileged,
        tried: bool,
    ) -> None:
        open_folder.chmod(0o555)
        with unprivileged():
            assert folder_lack(open_folder, made=True, tried=tried) == "n’accepte pas d’écriture"
            lack = folder_lack(open_folder / "a", made=True, tried=tried)
        assert lack == f"ne peut pas être créé dans {open_folder}"


def test_a_fixed_folder_is_proposed_once_a_look_has_made_it(tmp_path: Path) -> None:
    folder = tmp_path / "Documents" / "Carnets"
    policy = judged({"notebook_folder": str(folder)}, "policy")
    settings = Settings(tmp_path / "settings.json", policy)
    assert settings.folder("notebook_folder") is None
    assert not folder.exists()
    settings.seen.look(folder, made=True)
    assert settings.folder("notebook_folder") == folder
    folder.rmdir()
    settings.seen.look(folder)
    assert settings.folder("notebook_folder") is None


@posix
def test_one_that_does_not_answer_keeps_no_second_thread(tmp_path: Path) -> None:
    """The answer of before holds meanwhile."""
    seen, asked, answer = SeenFolders(), Event(), Event()

    class Asleep(type(tmp_path)):  # type: ignore[misc]
        def is_dir(self) -> bool:
            asked.set()
            return answer.wait(10)

    share = Asleep(tmp_path)
    seen.add(share)
    looking = Thread(target=seen.look, args=(share,))
    looking.start()
    assert asked.wait(10)
    seen.look(share)
    assert share in seen
    answer.set()
    looking.join()


@pytest.mark.parametrize("name", ["a\0b", "~personne-de-ce-nom"])
def test_a_name_that_no_folder_has(name: str) -> None:
    seen = SeenFolders()
    seen.look(Path(name), made=False)
    assert Path(name) not in seen
