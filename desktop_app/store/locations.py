"""Places where a notebook is at risk: network shares and synchronised folders."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath

from desktop_app.french import NBSP

_MOUNTS = Path("/proc/self/mounts")
_NETWORK_TYPES = {
    "9p", "afpfs", "afs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.rclone",
    "fuse.sshfs", "glusterfs", "ncpfs", "nfs", "nfs4", "smb3", "smbfs",
}  # fmt: skip
_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "mon drive": "Google Drive",
    "my drive": "Google Drive",
    "icloud": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "kdrive": "kDrive",
    "pcloud": "pCloud",
    "mega": "MEGA",
    "synologydrive": "Synology Drive",
    "cozy drive": "Cozy Drive",
    "hubic": "hubiC",
}
_WINDOWS_REMOTE = 4


def synced_by(path: PurePath, environ: Mapping[str, str]) -> str | None:
    """The service that synchronises this folder, as far as its name tells."""
    for key in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = environ.get(key)
        if root and path.is_relative_to(root):
            return "OneDrive"
    for part in path.parts[:-1]:
        low = part.lower()
        for mark, service in _SYNCED.items():
            if low == mark or low.startswith((f"{mark} - ", f"{mark}-", f"{mark} (")):
                return service
    return None


def on_network(path: PurePath, mounts: str) -> bool:
    """``mounts`` is /proc/self/mounts: the deepest mount point above ``path`` decides."""
    if str(path).startswith(("\\\\", "//")):
        return True
    kind, depth = "", -1
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = PurePath(fields[1].replace("\\040", " "))
        if path.is_relative_to(point) and len(point.parts) > depth:
            kind, depth = fields[2], len(point.parts)
    return kind in _NETWORK_TYPES


def warnings(path: Path) -> tuple[str, ...]:
    """French sentences, with the reason, to show when the notebook opens."""
    found = []
    if _is_remote(path):
        found.append(
            "Ce carnet est sur un partage réseau. Si la liaison se coupe pendant un "
            f"enregistrement, le fichier peut être endommagé{NBSP}: gardez-le plutôt sur ce poste, "
            "et sauvegardez-le sur le réseau."
        )
    service = synced_by(path, os.environ)
    if service:
        found.append(
            f"Ce carnet est dans un dossier synchronisé ({service}). La synchronisation peut le "
            f"copier au milieu d’un enregistrement ou créer des doublons{NBSP}: gardez-le hors de "
            "ce dossier, et déposez-y seulement ses sauvegardes."
        )
    return tuple(found)


def _is_remote(path: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        drive = ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\")
        return drive == _WINDOWS_REMOTE or on_network(path, "")
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:  # not Linux: only the name can tell
        mounts = ""
    return on_network(path, mounts)
