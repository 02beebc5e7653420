"""SQLite's errors as sentences: the one place where they become ``UserError``."""

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from desktop_app.errors import UserError
from desktop_app.french import NBSP, quoted

_BY_CODE = {
    sqlite3.SQLITE_FULL: "Le disque est plein{nbsp}: rien n’a été enregistré cette fois-ci, ce qui "
    "l’était avant est intact. Libérez de la place, puis recommencez.",
    sqlite3.SQLITE_READONLY: "Le carnet est en lecture seule{nbsp}: rien n’a été enregistré. "
    "Vérifiez les droits sur le fichier et son dossier.",
    sqlite3.SQLITE_BUSY: "Un autre programme utilise ce carnet en ce moment. "
    "Fermez-le, puis recommencez.",
    sqlite3.SQLITE_LOCKED: "Un autre programme utilise ce carnet en ce moment. "
    "Fermez-le, puis recommencez.",
    sqlite3.SQLITE_IOERR: "Le disque ne répond pas correctement{nbsp}: la lecture ou l’écriture du "
    "carnet a échoué. Vérifiez que le disque ou la clé est bien branché.",
    sqlite3.SQLITE_CORRUPT: "Le fichier du carnet est endommagé. N’y écrivez plus{nbsp}: restaurez "
    "la dernière sauvegarde.",
    sqlite3.SQLITE_NOTADB: "Ce fichier n’est pas un carnet, ou il est endommagé. Choisissez un "
    "autre fichier ou restaurez une sauvegarde.",
    sqlite3.SQLITE_CANTOPEN: "Le fichier du carnet ne peut pas être ouvert. Vérifiez qu’il existe "
    "toujours et que vous avez le droit de lire son dossier.",
    sqlite3.SQLITE_PERM: "Vous n’avez pas le droit d’utiliser ce fichier. Demandez l’accès à son "
    "propriétaire.",
    sqlite3.SQLITE_TOOBIG: "Ce contenu est trop volumineux pour le carnet. Réduisez-le.",
    sqlite3.SQLITE_NOMEM: "La mémoire de l’ordinateur est épuisée. Fermez d’autres programmes, "
    "puis recommencez.",
}

_BY_CONSTRAINT = {
    "measurement_scale": "La valeur est hors de l’échelle de l’indicateur. Corrigez-la.",
    "measurement_percentage": "Un pourcentage va de 0 à 100. Corrigez la valeur.",
    "measurement_yes_no": "Cet indicateur attend oui ou non. Corrigez la valeur.",
    "measurement_qualitative": "Cet indicateur est qualitatif{nbsp}: écrivez un commentaire, "
    "sans valeur.",
    "ck_measurement_value_observed": "Une mesure non observée ou sans objet ne porte pas de "
    "valeur.",
    "ck_measurement_n": "L’effectif ne peut pas être négatif.",
    "ck_visit_start_time_end_time": "L’heure de fin précède l’heure de début. Corrigez l’une des "
    "deux.",
    "ck_visit_headcount": "Le nombre de personnes rencontrées ne peut pas être négatif.",
    "ck_indicator_scale": "Une échelle a un minimum et un maximum, le minimum d’abord.",
    "ck_indicator_reference_in_scale": "La référence T0 et la cible doivent être dans l’échelle.",
    "ck_finding_intensity": "L’intensité d’un constat va de 1 à 3.",
    "ck_site_latitude": "La latitude va de −90 à 90 degrés.",
    "ck_site_longitude": "La longitude va de −180 à 180 degrés.",
    "hard_delete": "Un enregistrement du carnet ne s’efface pas définitivement.",
    "journal_append_only": "Le journal du carnet ne se modifie pas.",
    "content_immutable": "Le contenu d’une pièce jointe ne se modifie pas.",
    "experiment.code": "Une autre expérimentation porte déjà ce code. Choisissez-en un autre.",
    "visit.reference": "Une autre visite porte déjà cette référence. Recommencez.",
    "measurement.visit_id, measurement.indicator_id, measurement.category": "Cette visite a déjà "
    "une mesure de cet indicateur pour la même catégorie. Corrigez celle qui existe.",
    "device.suffix": "Un autre poste porte déjà ce suffixe dans le carnet.",
}

_BY_KIND = (
    (r"_plausible$", "Une date est hors des années 2000 à 2099. Vérifiez l’année."),
    (r"_(date|time)$", "La date de fin précède la date de début. Corrigez l’une des deux."),
    (r"budget$", "Un budget ne peut pas être négatif."),
)


def _integrity_sentence(message: str) -> str:
    """``message`` is SQLite's: « CHECK constraint failed: NAME », « UNIQUE … », a trigger's."""
    kind, _, detail = message.partition(" constraint failed: ")
    name = detail or kind
    if name in _BY_CONSTRAINT:
        return _BY_CONSTRAINT[name]
    if kind == "CHECK":
        for pattern, sentence in _BY_KIND:
            if re.search(pattern, name):
                return sentence
        return f"Une valeur n’est pas acceptée par le carnet ({name}). Corrigez la saisie."
    if kind == "UNIQUE":
        return f"Un enregistrement identique existe déjà ({name}). Corrigez la saisie."
    if kind == "NOT NULL":
        return f"Une information obligatoire manque ({name}). Complétez la saisie."
    return "L’élément lié n’existe plus dans le carnet. Rechargez la page, puis choisissez-en un."


def sentence(error: sqlite3.Error) -> str | None:
    """What to tell the person, or None when the error can only be a bug of ours."""
    code = _primary_code(error)
    if code == sqlite3.SQLITE_CONSTRAINT:
        text = _integrity_sentence(str(error))
    elif code in _BY_CODE:
        text = _BY_CODE[code]
    else:
        return None
    return text.replace("{nbsp}", NBSP)


def _primary_code(error: sqlite3.Error) -> int | None:
    """SQLite's own; no room for its file of shared memory is a full disk, not a failing one."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:
        return sqlite3.SQLITE_FULL
    return None if code is None else code & 0xFF


def raised_by_sqlalchemy(name: str) -> tuple[type[Exception], ...]:
    """What an ``except`` clause catches of SQLAlchemy: nothing while it is not even loaded."""
    found = getattr(sys.modules.get("sqlalchemy.exc"), name, None)
    return () if found is None else (found,)


@contextmanager
def translated(*, copy: str | None = None) -> Iterator[None]:
    """Turns what SQLite says about the disk, the file or the data into a UserError.

    ``copy`` names the file being made when it is not the notebook itself.
    """
    try:
        yield
    except raised_by_sqlalchemy("StatementError") as error:
        # SQLAlchemy's wrapper; ``orig`` is SQLite's or Python's own
        text = _any_sentence(getattr(error, "orig", None), copy)
        if text is None:
            raise
        raise UserError(text) from error
    except (sqlite3.Error, UnicodeError, OverflowError) as error:
        text = _any_sentence(error, copy)
        if text is None:
            raise
        raise UserError(text) from error


def _any_sentence(error: BaseException | None, copy: str | None) -> str | None:
    if isinstance(error, sqlite3.Error):
        if copy and _primary_code(error) == sqlite3.SQLITE_FULL:
            return (
                f"Le disque est plein{NBSP}: {quoted(copy)} n’a pas été écrit. "
                "Libérez de la place ou choisissez un autre disque."
            )
        return sentence(error)
    if isinstance(error, UnicodeEncodeError):
        return "Le texte contient un caractère illisible. Retirez-le, puis recommencez."
    if isinstance(error, UnicodeDecodeError):  # what SQLite quotes of a damaged schema
        return _BY_CODE[sqlite3.SQLITE_CORRUPT].replace("{nbsp}", NBSP)
    if isinstance(error, OverflowError | ValueError):
        return "Un nombre ne peut pas être enregistré tel quel. Vérifiez la saisie."
    return None
