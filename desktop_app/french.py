"""French typography: numbers, dates and plurals as people read them, and as they type them.

The narrow no-break space (U+202F) groups thousands and stands before ``; ! ? %`` and units;
the no-break space (U+00A0) before ``:`` and inside guillemets (Imprimerie nationale's rules).
"""

import datetime as dt
import math
import re

from desktop_app.errors import UserError

NNBSP = "\u202f"
NBSP = "\u00a0"
MINUS = "\u2212"
MISSING = "—"

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
SHORT_MONTHS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin",
    "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
SHORT_DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_NUMBER = re.compile(r"[+\-\u2212]?(\d+([.,]\d*)?|[.,]\d+)")
_DATE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?")
_BEFORE_HIGH = re.compile(r"(?<=\S) ([;!?%€])")
_BEFORE_COLON = re.compile(r"(?<=\S) :(?=\s|$)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_TIME = re.compile(r"(\d{1,2})(?:\s*[:hH]\s*(\d{2})?|(\d{2}))?")


def number(value: float | None, decimals: int | None = None) -> str:
    """1234.5 → « 1 234,5 ». Without ``decimals``, at most two and no useless zero."""
    if value is None:
        return MISSING
    text = f"{abs(value):,.{2 if decimals is None else decimals}f}"
    if decimals is None:
        text = text.rstrip("0").rstrip(".")
    text = text.replace(",", NNBSP).replace(".", ",")
    zero = not any(digit in text for digit in "123456789")
    return f"{MINUS}{text}" if value < 0 and not zero else text


def percent(value: float | None, decimals: int | None = None) -> str:
    """52.0 (already in percent) → « 52 % »; at most one decimal when none is asked."""
    if value is None:
        return MISSING
    return f"{number(round(value, 1) if decimals is None else value, decimals)}{NNBSP}%"


def measured(value: float | None, *, percentage: bool = False, yes_no: bool = False) -> str:
    """A measured value as read on screen and paper."""
    if value is None:
        return MISSING
    if yes_no:
        return "oui" if value >= 0.5 else "non"
    return percent(value) if percentage else number(value)


def euros(value: float | None) -> str:
    return MISSING if value is None else f"{number(value)}{NNBSP}€"


def size(count: int) -> str:
    """Bytes as « 1,2 Mo » (decimal units, as Windows 11 and Debian show files)."""
    for unit, step in (("Go", 1_000_000_000), ("Mo", 1_000_000), ("ko", 1000)):
        if count >= step:
            return f"{number(count / step, 1)}{NNBSP}{unit}"
    return f"{count}{NNBSP}octets"


def plural(count: int, singular: str, several: str | None = None) -> str:
    """« 1 visite », « 12 visites », « 0 visite »: French makes a plural from two on."""
    word = singular if abs(count) < 2 else (several or f"{singular}s")
    return f"{number(count, 0)} {word}"


def date(day: dt.date | None) -> str:
    """« 09/06/2021 »."""
    return MISSING if day is None else f"{day.day:02d}/{day.month:02d}/{day.year}"


def long_date(day: dt.date, *, weekday: bool = False) -> str:
    """« 9 juin 2021 », « mercredi 1er juin 2021 »."""
    first = "1er" if day.day == 1 else str(day.day)
    text = f"{first}{NBSP}{MONTHS[day.month - 1]} {day.year}"
    return f"{DAYS[day.weekday()]} {text}" if weekday else text


def short_day(day: dt.date) -> str:
    """« lun. 14 »."""
    return f"{SHORT_DAYS[day.weekday()]} {day.day}"


def month(day: dt.date, *, short: bool = False) -> str:
    """« juin 2021 », or « juin » when short."""
    return SHORT_MONTHS[day.month - 1] if short else f"{MONTHS[day.month - 1]} {day.year}"


def period(first: dt.date | None, last: dt.date | None) -> str:
    """« mars – novembre 2021 », « depuis le 01/03/2021 », « jusqu’au 30/11/2021 »."""
    if first and last:
        start = MONTHS[first.month - 1] if first.year == last.year else month(first)
        if (first.year, first.month) == (last.year, last.month):
            return month(last)
        return f"{start} – {month(last)}"
    if first:
        return f"depuis le {date(first)}"
    return f"jusqu’au {date(last)}" if last else "toute la période"


def time(moment: dt.time | None) -> str:
    """« 13:30 »."""
    return MISSING if moment is None else f"{moment.hour:02d}:{moment.minute:02d}"


def date_time(moment: dt.datetime) -> str:
    """« 09/06/2021 à 14:32 »."""
    return f"{date(moment.date())} à {time(moment.time())}"


def typeset(text: str) -> str:
    """Puts no-break spaces where French asks for them and a plain one was typed; ' becomes ’."""
    text = _BEFORE_HIGH.sub(f"{NNBSP}\\1", text)
    text = _BEFORE_COLON.sub(f"{NBSP}:", text)
    text = text.replace("« ", f"«{NBSP}").replace(" »", f"{NBSP}»")
    return _APOSTROPHE.sub("’", text)


def quoted(text: str) -> str:
    """« text » with its no-break spaces."""
    return f"«{NBSP}{text}{NBSP}»"


def parse_number(text: str) -> float | None:
    """Reads « 8,4 », « 8.4 », « 1 234,5 », « 52 % »; '' is None.

    Raises UserError when it is no number (« abc », « 1,2,3 », « 1e5 », « inf »).
    """
    compact = _SPACES.sub("", text).removesuffix("%")
    if not compact:
        return None
    if not _NUMBER.fullmatch(compact):
        raise UserError(
            f"{quoted(text.strip()[:40])} n’est pas un nombre. Écrivez par exemple 8,4."
        )
    value = float(compact.replace(",", ".").replace(MINUS, "-"))
    if not math.isfinite(value) or abs(value) > 1e12:
        raise UserError("Ce nombre est trop grand pour être une mesure. Vérifiez la saisie.")
    return value


def parse_count(text: str) -> int | None:
    """Reads a whole number of people; '' is None. Raises UserError when negative or not whole."""
    value = parse_number(text)
    if value is None:
        return None
    if value < 0 or value != int(value) or value > 10_000_000:
        raise UserError(
            f"{quoted(text.strip()[:40])} n’est pas un effectif. Écrivez un nombre entier."
        )
    return int(value)


def parse_date(text: str, today: dt.date) -> dt.date | None:
    """Reads « 09/06/2021 », « 9/6/21 », « 9-6 » (this year), « 2021-06-09 »; '' is None.

    Raises UserError for an impossible date, or one outside 2000-2099.
    """
    stripped = text.strip()
    if not stripped:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", stripped):
            day = dt.date.fromisoformat(stripped)
        else:
            found = _DATE.fullmatch(stripped)
            if not found:
                raise ValueError
            year = int(found[3]) if found[3] else today.year
            day = dt.date(year + 2000 if year < 100 else year, int(found[2]), int(found[1]))
    except ValueError:
        raise UserError(
            f"{quoted(stripped[:40])} n’est pas une date. Écrivez par exemple 09/06/2021."
        ) from None
    return plausible(day)


def plausible(day: dt.date) -> dt.date:
    """Raises UserError when the day cannot belong to a programme (before 2000, after 2099)."""
    if not 2000 <= day.year <= 2099:
        raise UserError(f"La date {date(day)} est hors des années 2000 à 2099. Vérifiez l’année.")
    return day


def parse_time(text: str) -> dt.time | None:
    """Reads « 13:30 », « 13h30 », « 13h », « 1330 », « 9 »; '' is None. Raises UserError."""
    stripped = text.strip()
    if not stripped:
        return None
    found = _TIME.fullmatch(stripped)
    try:
        if not found:
            raise ValueError
        return dt.time(int(found[1]), int(found[2] or found[3] or 0))
    except ValueError:
        raise UserError(
            f"{quoted(stripped[:40])} n’est pas une heure. Écrivez par exemple 13:30."
        ) from None
