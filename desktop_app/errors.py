"""The two kinds of error: what the user or their machine caused, and everything else (a bug)."""

import errno

_REASONS = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.EROFS: "support en lecture seule",
    errno.ENOSPC: "disque plein",
    errno.EDQUOT: "quota de disque atteint",
    errno.ENOENT: "introuvable",
    errno.ENOTDIR: "le chemin passe par un fichier",
    errno.EISDIR: "c’est un dossier",
    errno.EEXIST: "ce nom est déjà pris",
    errno.ENAMETOOLONG: "nom trop long",
    errno.ELOOP: "lien qui tourne en rond",
    errno.EIO: "erreur du disque",
    errno.EBUSY: "déjà utilisé",
    errno.EINVAL: "nom refusé par le système",
    errno.EMFILE: "trop de fichiers ouverts",
    errno.ETIMEDOUT: "le réseau ne répond pas",
}


class UserError(Exception):
    """A problem the person can act on.

    ``str(error)`` is one plain French sentence (or two) that says what happened and what to do.
    Shown as it is by the window and the command line; never logged with personal data.
    """


def reason(error: OSError) -> str:
    """Why the system refused, in French: its own words follow the language it was installed in."""
    number = error.errno or 0
    return _REASONS.get(number, f"erreur {errno.errorcode.get(number, number)} du système")
