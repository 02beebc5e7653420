"""French identifiers: SIREN/SIRET, FINESS, UAI, INSEE commune. All optional: '' is accepted.

A valid form does not mean that the thing exists. Two families: ``check_…`` returns the
normalised text or raises UserError; ``…_warning`` returns a French sentence or None, for rules
that no official text states (FINESS) or that would need the official list (commune).
"""

import re

from desktop_app import french
from desktop_app.errors import UserError

LA_POSTE = "356000000"  # its establishments' SIRETs follow another rule than Luhn
UAI_KEYS = "ABCDEFGHJKLMNPRSTUVWXYZ"

_SEPARATORS = re.compile(r"[\s\u00a0\u202f\u2009.\-]+")
_SIRET = re.compile(r"[0-9]{14}")
_SIREN = re.compile(r"[0-9]{9}")
_UAI = re.compile(r"(0[0-8][0-9]|09[0-5]|9[78][0-9]|[67]20)[0-9]{4}[A-Z]")
_FINESS = re.compile(r"([0-9]{2}|2[AB])[0-9]{7}")
_INSEE = re.compile(r"([0-9]{2}|2[AB])[0-9]{3}")


def normalised(text: str) -> str:
    """Without spaces, dots or hyphens, in capitals: « 000 000 950 00014 » → « 00000095000014 »."""
    return _SEPARATORS.sub("", text).upper()


def _luhn(digits: str) -> bool:
    from stdnum import luhn

    return bool(luhn.is_valid(digits))


def check_siren(text: str) -> str:
    """A company’s nine digits. Raises UserError when they are not nine or their key is wrong."""
    siren = normalised(text)
    if not siren:
        return ""
    if not _SIREN.fullmatch(siren):
        raise UserError(
            f"Le SIREN {_shown(text)} doit compter 9{french.NBSP}chiffres. Vérifiez la saisie."
        )
    if not _luhn(siren):
        raise UserError(
            f"Le SIREN {_shown(text)} est faux{french.NBSP}: sa clé ne correspond pas. "
            "Vérifiez chaque chiffre."
        )
    return siren


def check_siret(text: str) -> str:
    """The fourteen digits of an establishment.

    Luhn on all fourteen and on the first nine, except La Poste, whose digits add up to a
    multiple of five. Raises UserError.
    """
    siret = normalised(text)
    if not siret:
        return ""
    if not _SIRET.fullmatch(siret):
        raise UserError(
            f"Le SIRET {_shown(text)} doit compter 14{french.NBSP}chiffres. Vérifiez la saisie."
        )
    if siret.startswith(LA_POSTE):
        valid = sum(map(int, siret)) % 5 == 0
    else:
        valid = _luhn(siret) and _luhn(siret[:9])
    if not valid:
        raise UserError(
            f"Le SIRET {_shown(text)} est faux{french.NBSP}: sa clé ne correspond pas. "
            "Vérifiez chaque chiffre."
        )
    return siret


def check_uai(text: str) -> str:
    """A school's seven digits and key letter. Raises UserError."""
    uai = normalised(text)
    if not uai:
        return ""
    if not _UAI.fullmatch(uai):
        raise UserError(
            f"L’UAI {_shown(text)} doit compter 7{french.NBSP}chiffres, dont ceux du département, "
            f"puis une lettre, par exemple 0951099D. Vérifiez la saisie."
        )
    if uai[7] != UAI_KEYS[int(uai[:7]) % 23]:
        raise UserError(
            f"L’UAI {_shown(text)} est faux{french.NBSP}: sa lettre ne correspond pas à ses "
            "chiffres. Vérifiez chaque caractère."
        )
    return uai


def check_insee(text: str) -> str:
    """A commune's five characters (text, no key). Raises UserError when they cannot be one."""
    code = normalised(text)
    if not code or _INSEE.fullmatch(code):
        return code
    raise UserError(
        f"Le code commune {_shown(text)} doit compter 5{french.NBSP}caractères, par exemple 95127 "
        f"(ce n’est pas le code postal). Vérifiez la saisie."
    )


def finess_warning(text: str) -> str | None:
    """What looks wrong in a FINESS number; never a refusal: no official text gives its key."""
    finess = normalised(text)
    if not finess:
        return None
    if not _FINESS.fullmatch(finess):
        return (
            f"Le FINESS {_shown(text)} ne compte pas 9{french.NBSP}caractères commençant par le "
            "département."
        )
    if not _luhn(finess.replace("A", "1").replace("B", "2")):
        return f"Le FINESS {_shown(text)} a une clé inhabituelle{french.NBSP}: vérifiez sa saisie."
    return None


def insee_warning(text: str, postcode: str = "") -> str | None:
    """A commune code that is the postcode, or of another département than the postcode's."""
    code, post = normalised(text), normalised(postcode)
    if not code or not post:
        return None
    if code == post and post.endswith("0"):
        return (
            f"Le code commune {_shown(text)} est aussi le code postal{french.NBSP}: vérifiez que "
            "c’est bien le code INSEE."
        )
    if _departement(code) != _departement(post):
        return (
            f"Le code commune {_shown(text)} et le code postal {_shown(postcode)} ne sont pas du "
            "même département."
        )
    return None


def _departement(code: str) -> str:
    if code.startswith(("97", "98")):
        return code[:3]
    return "20" if code.startswith(("2A", "2B", "20")) else code[:2]


def _shown(text: str) -> str:
    return french.quoted(text.strip()[:30])
