"""Files joined to a visit: known by their content, stored once, read back whole."""

import hashlib
import io
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from test_photos import told_jpeg
from visit_samples import World, open_world

from desktop_app.errors import UserError
from desktop_app.models.visit import AttachmentContent
from desktop_app.services.visits.attachments import AttachmentService
from desktop_app.services.visits.visit_rows import NewFinding
from desktop_app.services.vocabulary import AttachmentKind
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def world(tmp_path: Path, device: DeviceIdentity) -> Iterator[World]:
    with open_world(tmp_path, device) as made:
        yield made


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def office(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name.replace("__", "/"), body)
    return file.getvalue()


def test_a_photo_is_stored_shrunk_anonymous_and_hashed(world: World, tmp_path: Path) -> None:
    visit = world.visit()
    path = written(tmp_path, "IMG_0042.JPEG", told_jpeg((3000, 2000)))
    row = world.attachments.add(visit.id, path, "Couloir B\n").value
    stored = world.attachments.content(row.id)
    assert (row.kind, row.filename, row.media_type) == (
        AttachmentKind.PHOTO, "IMG_0042.jpg", "image/jpeg",
    )  # fmt: skip
    assert (row.width, row.height, row.size) == (2048, 1365, len(stored))
    assert row.sha256 == hashlib.sha256(stored).hexdigest()
    assert row.caption == "Couloir B"
    assert b"Untel" not in stored
    assert dict(Image.open(io.BytesIO(stored)).getexif()) == {}
    assert world.attachments.of_visit(visit.id) == (row,)
    assert b"Untel" not in world.notebook.path.read_bytes()


def test_a_pdf_named_jpg_is_a_document(world: World, tmp_path: Path) -> None:
    row = world.attachments.add(world.visit().id, written(tmp_path, "photo.jpg", PDF)).value
    assert (row.kind, row.filename, row.media_type) == (
        AttachmentKind.DOCUMENT, "photo.pdf", "application/pdf",
    )  # fmt: skip
    assert row.thumbnail is None
    assert world.attachments.content(row.id) == PDF


def workbook() -> bytes:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "stored"),
    [
        ("grille.xlsx", workbook(), "grille.xlsx"),
        (
            "note.docx",
            office(**{"[Content_Types].xml": b"", "word__document.xml": b""}),
            "note.docx",
        ),
        (
            "note.zip",
            office(mimetype=b"application/vnd.oasis.opendocument.text", content=b""),
            "note.odt",
        ),
        ("Relevé.TXT", "Été à l’IME\r\n".encode(), "Relevé.txt"),
        ("ancien.txt", "été".encode("cp1252"), "ancien.txt"),
        ('a<b>:"c".pdf', PDF, "a_b___c_.pdf"),
    ],
)
def test_documents_are_known_by_their_content(
    world: World, tmp_path: Path, name: str, data: bytes, stored: str
) -> None:
    row = world.attachments.add(world.visit().id, written(tmp_path, name, data)).value
    assert (row.kind, row.filename) == (AttachmentKind.DOCUMENT, stored)
    assert world.attachments.content(row.id) == data


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.jpg", told_jpeg((900, 900))[:9000], "incomplète ou abîmée"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic" + bytes(40), "HEIC"),
        ("a.exe", b"MZ\x90\x00\x03" + bytes(200), "ni une photo"),
        ("a.docx", office(**{"[Content_Types].xml": b"", "word__vbaProject.bin": b""}), "ni une"),
        ("a.zip", office(rien=b"x"), "ni une photo"),
        ("a.jpg", b"", "est vide"),
    ],
)
def test_other_files_are_refused_with_a_way_out(
    world: World, tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    visit = world.visit()
    with pytest.raises(UserError, match=sentence):
        world.attachments.add(visit.id, written(tmp_path, name, data))
    assert world.attachments.of_visit(visit.id) == ()


def test_a_300_mb_photo_is_refused_without_being_read(world: World, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    with path.open("wb") as file:
        file.write(b"\xff\xd8\xff")
        file.truncate(300_000_000)
    with pytest.raises(UserError, match="pèse 300,0\u202fMo, plus que la limite de 50,0\u202fMo"):
        world.attachments.add(world.visit().id, path)


def test_a_document_has_a_lower_limit(world: World, tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    with path.open("wb") as file:
        file.write(PDF)
        file.truncate(21_000_000)
    with pytest.raises(UserError, match="20,0\u202fMo"):
        world.attachments.add(world.visit().id, path)


def test_a_missing_file_and_a_folder_are_said(world: World, tmp_path: Path) -> None:
    visit = world.visit()
    with pytest.raises(UserError, match="introuvable"):
        world.attachments.add(visit.id, tmp_path / "partie.jpg")
    with pytest.raises(UserError, match="n’est pas un fichier"):
        world.attachments.add(visit.id, tmp_path)


def test_the_same_photo_twice_is_stored_once(world: World, tmp_path: Path) -> None:
    visit = world.visit()
    path = written(tmp_path, "a.jpg", told_jpeg())
    first = world.attachments.add(visit.id, path).value
    second = world.attachments.add(visit.id, path).value
    assert first.sha256 == second.sha256
    with world.notebook.read() as session:
        assert session.query(AttachmentContent).count() == 1
    world.attachments.delete(first.id)
    assert world.attachments.of_visit(visit.id) == (second,)
    assert world.attachments.content(second.id)


def test_captions_findings_and_undo(world: World, tmp_path: Path) -> None:
    visit, other = world.visit(), world.visit()
    finding = world.findings.add(NewFinding(visit.id, "Couloir sombre")).value
    path = written(tmp_path, "a.jpg", told_jpeg())
    with pytest.raises(UserError, match="autre visite"):
        world.attachments.add(other.id, path, finding_id=finding.id)
    row = world.attachments.add(visit.id, path, finding_id=finding.id).value
    edited = world.attachments.edit_caption(row.id, "Couloir").value
    assert (edited.caption, edited.thumbnail) == ("Couloir", row.thumbnail)
    removed = world.findings.delete(finding.id)
    assert world.attachments.of_visit(visit.id)[0].finding_id is None
    world.history.undo(removed.hlc)
    assert world.attachments.of_visit(visit.id)[0].finding_id == finding.id
    deleted = world.attachments.delete(row.id)
    with pytest.raises(UserError, match="pièce jointe n’existe plus"):
        world.attachments.content(row.id)
    world.history.undo(deleted.hlc)
    assert world.attachments.content(row.id)


def test_content_missing_from_the_notebook_is_said(world: World, tmp_path: Path) -> None:
    row = world.attachments.add(world.visit().id, written(tmp_path, "a.jpg", told_jpeg())).value
    path = world.notebook.path
    world.notebook.close()
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM attachment_content")
    connection.close()
    with Notebook.open(path, world.notebook.device) as notebook:
        service = AttachmentService(notebook)
        with pytest.raises(UserError, match="manque dans le carnet"):
            service.content(row.id)
        assert service.of_visit(row.visit_id)[0].thumbnail is None
