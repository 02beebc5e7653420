"""CHANGELOG.md, told again to Debian and to AppStream."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from textwrap import wrap

from installer.common import PROGRAM, ROOT, epoch

MAINTAINER = "Equipe Carnet d'impact <carnet-impact@example.org>"
_HEADING = re.compile(r"^## (\d+\.\d+\.\d+)(?: — (\S+))?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Release:
    """``day``: of the changelog's heading, else that of the build; ``notes``: plain text."""

    version: str
    day: datetime
    notes: tuple[str, ...]


def releases(version: str, changelog: Path = ROOT / "CHANGELOG.md") -> list[Release]:
    """The entries up to ``version``, newest first, without the older ones never released."""
    parts = _HEADING.split(changelog.read_text(encoding="utf-8"))[1:]
    found = [
        Release(number, _day(day), _notes(text))
        for number, day, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
        if number == version or (_order(number) < _order(version) and _dated(day))
    ]
    if not any(release.version == version for release in found):
        found.insert(0, Release(version, _day(None), ("See CHANGELOG.md.",)))
    return found


def debian_changelog(found: list[Release]) -> str:
    """The format of Debian Policy 4.4."""
    entries: list[str] = []
    for position, release in enumerate(found):
        written = release.day - timedelta(minutes=position)  # two of one day keep their order
        lines = [f"{PROGRAM} ({release.version}) stable; urgency=medium", ""]
        for note in release.notes:
            lines += wrap(note, 78, initial_indent="  * ", subsequent_indent="    ")
        lines += ["", f" -- {MAINTAINER}  {format_datetime(written)}", ""]
        entries.append("\n".join(lines))
    return "\n".join(entries)


def appstream_releases(found: list[Release]) -> str:
    """The <release> elements."""
    lines: list[str] = []
    for release in found:
        lines.append(f'    <release version="{release.version}" date="{release.day:%Y-%m-%d}">')
        lines.append("      <description>")
        lines.append("        <ul>")
        lines += [f"          <li>{escape(note, quote=False)}</li>" for note in release.notes]
        lines += ["        </ul>", "      </description>", "    </release>"]
    return "\n".join(lines)


def _day(text: str | None) -> datetime:
    if text and _dated(text):
        return datetime.fromisoformat(text).replace(hour=12, tzinfo=UTC)
    return datetime.fromtimestamp(epoch(), UTC)


def _dated(day: str | None) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", day or "") is not None


def _notes(text: str) -> tuple[str, ...]:
    """The bullets, without their marks; a paragraph before them is one more."""
    blocks = re.split(r"\n\s*\n|\n(?=[-*] )", text.strip())
    flat = (" ".join(block.removeprefix("- ").removeprefix("* ").split()) for block in blocks)
    return tuple(re.sub(r"\*\*|`", "", block) for block in flat if block)


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
