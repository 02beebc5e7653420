"""What a file is, by what it holds and never by its name."""

import io
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from desktop_app import french
from desktop_app.errors import UserError

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODT = "application/vnd.oasis.opendocument.text"
_HEIF_BRANDS = frozenset(
    {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
)


class Nature(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class FileType:
    """``suffixes``: the names such a file bears; the first is given to one that lies."""

    nature: Nature
    media_type: str
    suffixes: tuple[str, ...]


PHOTO = FileType(Nature.PHOTO, "image/jpeg", (".jpg",))
PDF = FileType(Nature.DOCUMENT, "application/pdf", (".pdf",))
DOCX = FileType(Nature.DOCUMENT, _WORD, (".docx",))
XLSX = FileType(Nature.DOCUMENT, _EXCEL, (".xlsx",))
ODT = FileType(Nature.DOCUMENT, _ODT, (".odt",))
TEXT = FileType(Nature.DOCUMENT, "text/plain", (".txt", ".md", ".csv"))


def recognised(data: bytes, name: str) -> FileType:
    """Raises UserError for what the notebook does not take, and says what to do instead."""
    if _is_photo(data):
        return PHOTO
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        raise UserError(
            f"La photo {french.quoted(name)} est au format HEIC, que le carnet ne lit pas. "
            "Enregistrez-la en JPEG (sur l’appareil : « Le plus compatible »), puis réessayez."
        )
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"PK\x03\x04") and (office := _office(data)) is not None:
        return office
    if _is_text(data):
        return TEXT
    raise UserError(
        f"Le fichier {french.quoted(name)} n’est ni une photo (JPEG, PNG, WebP, TIFF) ni un "
        "document (PDF, DOCX, XLSX, ODT, TXT) : il n’a pas été joint. Convertissez-le en PDF, "
        "puis réessayez."
    )


def _is_photo(data: bytes) -> bool:
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*")) or (
        data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    )


def _office(data: bytes) -> FileType | None:
    """A text or a workbook without macros; None for any other archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size <= 100:
                return ODT if archive.read("mimetype").strip() == _ODT.encode() else None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return None
    if "[Content_Types].xml" not in names or any(n.endswith("vbaProject.bin") for n in names):
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def _is_text(data: bytes) -> bool:
    """UTF-8 (with or without BOM) or Windows Latin text, without control characters."""
    if not data or any(byte < 32 and byte not in b"\t\n\r\f" for byte in set(data)):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            data.decode("cp1252")
        except UnicodeDecodeError:
            return False
    return True
