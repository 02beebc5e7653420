"""Photos and documents joined to a visit. Their bytes live in the notebook, once a content."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path, PurePath

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.models.enums import AttachmentKind
from desktop_app.models.visit import Attachment, AttachmentContent, Finding, Visit
from desktop_app.services.base import Service, clean_line, get, outcome
from desktop_app.services.changes import Outcome
from desktop_app.services.visits.file_types import FileType, Nature, recognised
from desktop_app.services.visits.visit_rows import AttachmentRow
from desktop_app.store.unit_of_work import UnitOfWork

LARGEST_PHOTO = 50_000_000
LARGEST_DOCUMENT = 20_000_000
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What will be stored of a file."""

    kind: AttachmentKind
    filename: str
    media_type: str
    content: bytes
    thumbnail: bytes | None = None
    width: int | None = None
    height: int | None = None


class AttachmentService(Service):
    def of_visit(self, visit_id: str) -> tuple[AttachmentRow, ...]:
        """In the order they were joined."""
        with self.notebook.read() as session:
            get(session, Visit, visit_id)
            return rows_of_visit(session, visit_id)

    def add(
        self, visit_id: str, path: Path, caption: str = "", finding_id: str | None = None
    ) -> Outcome[AttachmentRow]:
        """Joins a file. A photo is shrunk and stripped of its position, author and comments.

        Raises UserError for a file that is missing, unreadable, too large, damaged or of a type
        the notebook does not take (decided by content: a PDF named .jpg is a document).
        """
        prepared = _prepare(path)
        with self.notebook.write() as uow:
            get(uow.session, Visit, visit_id)
            if finding_id is not None:
                finding = get(uow.session, Finding, finding_id)
                if finding.visit_id != visit_id:
                    raise UserError("Ce constat est d’une autre visite. Choisissez-en un d’ici.")
            digest = _store(uow, prepared)
            attachment = Attachment(
                visit_id=visit_id,
                finding_id=finding_id,
                kind=prepared.kind.value,
                filename=prepared.filename,
                media_type=prepared.media_type,
                sha256=digest,
                size=len(prepared.content),
                width=prepared.width,
                height=prepared.height,
                caption=clean_line(caption),
            )
            uow.add(attachment)
            uow.session.flush()
            return outcome(uow, attachment_row(attachment, prepared.thumbnail))

    def content(self, attachment_id: str) -> bytes:
        """The stored bytes. Raises UserError when they are missing from the notebook."""
        with self.notebook.read() as session:
            attachment = get(session, Attachment, attachment_id)
            stored = session.scalar(
                select(AttachmentContent.content).where(
                    AttachmentContent.sha256 == attachment.sha256
                )
            )
            if stored is None or hashlib.sha256(stored).hexdigest() != attachment.sha256:
                raise UserError(
                    f"Le contenu de {french.quoted(attachment.filename)} manque dans le carnet ou "
                    "y est abîmé. Reprenez-le dans une sauvegarde, ou joignez-le à nouveau."
                )
            return stored

    def edit_caption(self, attachment_id: str, caption: str) -> Outcome[AttachmentRow]:
        with self.notebook.write() as uow:
            attachment = get(uow.session, Attachment, attachment_id)
            attachment.caption = clean_line(caption)
            uow.session.flush()
            thumbnail = uow.session.scalar(
                select(AttachmentContent.thumbnail).where(
                    AttachmentContent.sha256 == attachment.sha256
                )
            )
            return outcome(uow, attachment_row(attachment, thumbnail))

    def delete(self, attachment_id: str) -> Outcome[None]:
        """A tombstone: the bytes stay, so that undo can bring them back."""
        with self.notebook.write() as uow:
            uow.delete(get(uow.session, Attachment, attachment_id))
            return outcome(uow, None)


def rows_of_visit(session: Session, visit_id: str) -> tuple[AttachmentRow, ...]:
    query = (
        select(Attachment, AttachmentContent.thumbnail)
        .outerjoin(AttachmentContent, AttachmentContent.sha256 == Attachment.sha256)
        .where(Attachment.visit_id == visit_id, Attachment.deleted.is_(False))
        .order_by(literal_column("attachment.rowid"))
    )
    return tuple(attachment_row(row[0], row[1]) for row in session.execute(query))


def attachment_row(attachment: Attachment, thumbnail: bytes | None) -> AttachmentRow:
    return AttachmentRow(
        id=attachment.id,
        visit_id=attachment.visit_id,
        finding_id=attachment.finding_id,
        kind=AttachmentKind(attachment.kind),
        filename=attachment.filename,
        media_type=attachment.media_type,
        sha256=attachment.sha256,
        size=attachment.size,
        width=attachment.width,
        height=attachment.height,
        caption=attachment.caption,
        thumbnail=thumbnail,
    )


def _prepare(path: Path) -> _Prepared:
    name = clean_line(path.name) or "fichier"
    data = _read(path, name)
    file_type = recognised(data, name)
    filename = _filename(name, file_type)
    if file_type.nature is Nature.PHOTO:
        from desktop_app.services.visits import photos

        photo = photos.anonymous(data, name)
        return _Prepared(
            AttachmentKind.PHOTO,
            filename,
            file_type.media_type,
            photo.content,
            photo.thumbnail,
            photo.width,
            photo.height,
        )
    if len(data) > LARGEST_DOCUMENT:
        raise _too_large(name, len(data), LARGEST_DOCUMENT)
    return _Prepared(AttachmentKind.DOCUMENT, filename, file_type.media_type, data)


def _read(path: Path, name: str) -> bytes:
    """The whole file, its size asked first: a 300-MB « photo » is refused without reading it."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UserError(f"{french.quoted(name)} n’est pas un fichier. Choisissez une photo.")
        if size > LARGEST_PHOTO:
            raise _too_large(name, size, LARGEST_PHOTO)
        if size == 0:
            raise UserError(f"Le fichier {french.quoted(name)} est vide : il n’a pas été joint.")
        with path.open("rb") as file:
            data = file.read(LARGEST_PHOTO + 1)
    except FileNotFoundError as error:
        raise UserError(
            f"Le fichier {french.quoted(name)} est introuvable. Il a peut-être été déplacé, ou la "
            "clé ou l’appareil débranché."
        ) from error
    except OSError as error:
        raise UserError(
            f"Le fichier {french.quoted(name)} ne peut pas être lu. Copiez-le sur l’ordinateur, "
            "puis réessayez."
        ) from error
    if len(data) > LARGEST_PHOTO:
        raise _too_large(name, len(data), LARGEST_PHOTO)
    return data


def _too_large(name: str, size: int, limit: int) -> UserError:
    return UserError(
        f"Le fichier {french.quoted(name)} pèse {french.size(size)}, plus que la limite de "
        f"{french.size(limit)}. Réduisez-le, puis réessayez."
    )


def _filename(name: str, file_type: FileType) -> str:
    """A safe name, with the suffix of what the file really is."""
    pure = PurePath(_FORBIDDEN.sub("_", name))
    stem = pure.stem.strip(" .")[:100] or "fichier"
    suffix = pure.suffix.lower()
    return stem + (suffix if suffix in file_type.suffixes else file_type.suffixes[0])


def _store(uow: UnitOfWork, prepared: _Prepared) -> str:
    digest = hashlib.sha256(prepared.content).hexdigest()
    known = select(AttachmentContent.sha256).where(AttachmentContent.sha256 == digest)
    if uow.session.scalar(known) is None:
        uow.add(
            AttachmentContent(sha256=digest, content=prepared.content, thumbnail=prepared.thumbnail)
        )
    return digest
