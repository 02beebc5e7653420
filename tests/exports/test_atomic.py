import errno
import os
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.exports.atomic import written_beside


def test_replaces_the_previous_file_in_one_step(tmp_path: Path):
    target = tmp_path / "synthèse.pdf"
    target.write_text("ancien")
    with written_beside(target) as temporary:
        assert temporary.parent == tmp_path
        temporary.write_text("nouveau")
        assert target.read_text() == "ancien"
    assert target.read_text() == "nouveau"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt])
def test_leaves_the_previous_file_when_the_block_fails(tmp_path: Path, failure):
    target = tmp_path / "a.pdf"
    target.write_text("ancien")

    def write_half() -> None:
        with written_beside(target) as temporary:
            temporary.write_text("à moitié")
            raise failure

    with pytest.raises(failure):
        write_half()
    assert target.read_text() == "ancien"
    assert list(tmp_path.iterdir()) == [target]


def test_a_closed_generator_leaves_nothing(tmp_path: Path):
    target = tmp_path / "a.pdf"

    def work():
        with written_beside(target) as temporary:
            temporary.write_text("à moitié")
            yield 1
            yield 2

    steps = work()
    next(steps)
    steps.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (errno.ENOSPC, "disque est plein"),
        (errno.EACCES, "ouvert dans un autre logiciel"),
        (errno.EROFS, "lecture seule"),
        (errno.EIO, "erreur du disque"),
    ],
)
def test_a_system_error_becomes_a_sentence(tmp_path: Path, number, word):
    target = tmp_path / "a.pdf"
    target.write_text("ancien")
    with pytest.raises(UserError, match=word), written_beside(target):
        raise OSError(number, os.strerror(number))
    assert target.read_text() == "ancien"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_named(tmp_path: Path):
    with (
        pytest.raises(UserError, match="n’existe pas"),
        written_beside(tmp_path / "absent" / "a.pdf"),
    ):
        pass


def test_a_folder_is_no_file(tmp_path: Path):
    with pytest.raises(UserError, match="est un dossier"), written_beside(tmp_path):
        pass


def test_a_name_too_long(tmp_path: Path):
    with pytest.raises(UserError, match="trop long"), written_beside(tmp_path / ("a" * 300)) as out:
        out.write_text("x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="rights are inherited on Windows")
def test_a_new_document_has_the_rights_of_any_document(tmp_path: Path):
    target, ordinary = tmp_path / "a.pdf", tmp_path / "b.txt"
    ordinary.write_text("x")
    with written_beside(target) as temporary:
        temporary.write_text("x")
    assert target.stat().st_mode == ordinary.stat().st_mode


@pytest.mark.skipif(os.name != "posix", reason="rights are inherited on Windows")
def test_a_file_that_is_replaced_keeps_its_rights(tmp_path: Path):
    target = tmp_path / "a.pdf"
    target.write_text("ancien")
    target.chmod(0o640)
    with written_beside(target) as temporary:
        temporary.write_text("nouveau")
    assert target.stat().st_mode & 0o777 == 0o640


def test_never_replaces_a_notebook(tmp_path: Path):
    notebook = tmp_path / "a.carnet"
    notebook.write_bytes(b"SQLite format 3\x00 et la suite")
    with pytest.raises(UserError, match="est un carnet"), written_beside(notebook):
        pass
    assert notebook.read_bytes().endswith(b"et la suite")
    assert list(tmp_path.iterdir()) == [notebook]
