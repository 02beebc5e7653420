"""What an IT service copies to its policy store, in one archive."""

import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from installer.common import PROGRAM, epoch, version
from installer.policy.write import write


def archive(folder: Path) -> Path:
    """Writes ``carnet-impact-VERSION-policy.zip`` into ``folder``; the same bytes each time."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{PROGRAM}-{version()}-policy.zip"
    moment = datetime.fromtimestamp(epoch(), UTC).timetuple()[:6]
    with tempfile.TemporaryDirectory(dir=folder) as place:
        begun = Path(place, target.name)  # both systems' builds may write it at the same moment
        files = sorted(write(Path(place, "files")))
        with zipfile.ZipFile(begun, "w") as packed:
            for path in files:
                name = path.relative_to(Path(place, "files")).as_posix()
                entry = zipfile.ZipInfo(name, moment)
                entry.external_attr = 0o644 << 16
                packed.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
        begun.replace(target)
    return target
