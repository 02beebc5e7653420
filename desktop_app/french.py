"""French typography: numbers, dates and plurals as people read them, and as they type them.

The narrow no-break space (U+202F) groups thousands and stands before ``; ! ? %`` and units;
the no-break space (U+00A0) before ``:`` and inside guillemets (Imprimerie nationale's rules).
"""

import datetime as dt
import re
import unicodedata

from desktop_app.errors import UserError
from desktop_app.numbers import parts, shortened

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

USUAL_DECIMALS = 2  # at most, when none is asked
USUAL_PERCENT_DECIMALS = 1
LARGEST = 1e12  # what a measure may be
MOST_PEOPLE = 10_000_000

_OPPOSITE = {"<": ">", ">": "<"}
_SPACES = re.compile(r"[ \u00a0\u202f\u2009\u2007]")
_NUMBER = re.compile(
    r"[+\-\u2212]?"
    r"(([0-9]+|[1-9][0-9]{0,2}([ \u00a0\u202f\u2009\u2007][0-9]{3})+)([.,][0-9]*)?|[.,][0-9]+)"
)
_POINTED = re.compile(r"[+\-\u2212]?[1-9][0-9]{0,2}((\.[0-9]{3})+,[0-9]*|(\.[0-9]{3}){2,})")
_TWO_READINGS = re.compile(
    r"([+\-\u2212]?)([1-9][0-9]{0,2}(?:[ \u00a0\u202f\u2009\u2007][0-9]{3})*)\.([0-9]{3})"
)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE = re.compile(r"([0-9]{1,2})[/.\- ]([0-9]{1,2})(?:[/.\- ]([0-9]{4}|[0-9]{2}))?")
_EIGHT_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_WORDED_DATE = re.compile(
    r"([0-9]{1,2})(?:(?<=\b1)er)?[\s./-]*([a-z]+)[\s./-]*([0-9]{4}|[0-9]{2})?"
)
_BEFORE_HIGH = re.compile(r"(?<=\S) ([;!?%€])")
_BEFORE_COLON = re.compile(r"(?<=\S) :(?=\s|$)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_TIME = re.compile(r"(\d{1,2})(?:\s*[:hH]\s*(\d{2})?|(\d{2}))?")


def number(value: float | None, decimals: int | None = None) -> str:
    """1234.5 → « 1 234,5 ». Without ``decimals``, at most two and no useless zero.

    Half-up, and more decimals rather than « 0 » for what is not zero (numbers.py).
    """
    if value is None:
        return MISSING
    if decimals is None:
        return _read(value, USUAL_DECIMALS)
    return _read(value, decimals, padded=True)


def percent(value: float | None, decimals: int | None = None) -> str:
    """52.0 (already in percent) → « 52 % »; at most one decimal when none is asked.

    More rather than « 0 % » for what is not zero, or « 100 % » for less: 99.96 → « 99,96 % ».
    """
    if value is None:
        return MISSING
    if decimals is None:
        text = _read(value, USUAL_PERCENT_DECIMALS, percentage=True)
    else:
        text = _read(value, decimals, padded=True, percentage=True)
    return text if text == MISSING else f"{text}{NNBSP}%"


def measured(
    value: float | None,
    *,
    percentage: bool = False,
    yes_no: bool = False,
    decimals: int | None = None,
) -> str:
    """A measured value as read on screen and paper.

    ``decimals`` (numbers.decimals_apart) is a maximum: useless zeros are still dropped.
    """
    if value is None:
        return MISSING
    if yes_no:
        return "oui" if value >= 0.5 else "non"
    if decimals is None:
        return percent(value) if percentage else number(value)
    text = _read(value, decimals, percentage=percentage)
    return f"{text}{NNBSP}%" if percentage and text != MISSING else text


def euros(value: float | None) -> str:
    return MISSING if value is None else f"{number(value)}{NNBSP}€"


def size(count: int) -> str:
    """Bytes as « 1,3 Mo » (decimal units, as Windows 11 and Debian show files)."""
    for unit, step in (("Go", 1_000_000_000), ("Mo", 1_000_000), ("ko", 1000)):
        if count >= step - step // 20_000:  # 999,95 ko would read « 1 000,0 ko »
            return f"{number(count / step, 1)}{NNBSP}{unit}"
    return f"{count}{NNBSP}octets"


def written(value: float | None, *, grouped: bool = True) -> str:
    """A finite number in full, as it is typed: '' for None, never an exponent, never rounded.

    ``parse_number`` gives the very same float back, up to the 10^12 it takes (-0.0 is « 0 »).
    """
    if value is None:
        return ""
    whole, fraction = parts(value)
    return _set(whole, fraction, negative=value < 0, grouped=grouped)


def _read(value: float, decimals: int, *, padded: bool = False, percentage: bool = False) -> str:
    """Rounded as numbers.py says. ``padded`` keeps the zeros up to ``decimals``."""
    whole, fraction = parts(value)
    relation = ""
    if len(fraction) > decimals:
        relation, whole, fraction = shortened(whole, fraction, decimals, percentage=percentage)
        if not padded:
            fraction = fraction.rstrip("0")
    elif padded:
        fraction = fraction.ljust(decimals, "0")
    elif not fraction and len(whole) < 4 and value >= 0 and whole.isdigit():
        return whole
    if not whole.isdigit():  # neither infinite nor undefined is a value
        return MISSING
    text = _set(whole, fraction, negative=value < 0)
    if not relation:
        return text
    return f"{relation if value > 0 else _OPPOSITE[relation]}{NBSP}{text}"


def _set(whole: str, fraction: str, *, negative: bool, grouped: bool = True) -> str:
    if grouped and len(whole) > 3:
        whole = f"{int(whole):,}".replace(",", NNBSP)
    text = f"{whole},{fraction}" if fraction else whole
    return f"{MINUS}{text}" if negative else text


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


def parse_number(text: str, *, percentage: bool = True) -> float | None:
    """Reads « 8,4 », « 8.4 », « 1 234,5 », « 1.234,5 », « 52 % »; '' is None.

    Spaces and points separate thousands by groups of three only; ``percentage=False`` refuses %.
    Raises UserError when it is no number (« abc », « 1,2,3 », « 12 5 », « 1e5 », « inf »), and when
    it could be two (« 1.000 »).
    """
    typed = text.strip()
    if not typed:
        return None
    bare = typed.removesuffix("%").rstrip()
    if bare != typed and not percentage:
        raise UserError(
            f"{quoted(typed[:40])} est un pourcentage, et c’est un nombre qui est attendu. "
            f"Écrivez-le sans le signe{NNBSP}%."
        )
    numeral = _numeral(bare)
    if numeral is None:
        raise UserError(_no_number(typed, bare))
    value = float(numeral)
    if abs(value) > LARGEST:
        raise UserError("Ce nombre est trop grand pour être une mesure. Vérifiez la saisie.")
    return value + 0.0  # no negative zero


def parse_count(text: str) -> int | None:
    """Reads a whole number of people; '' is None.

    Raises UserError when negative, not whole, no number, or over ``MOST_PEOPLE``.
    """
    typed = text.strip()
    if not typed:
        return None
    numeral = _numeral(typed)
    value = -1.0 if numeral is None else float(numeral)
    refusal = f"{quoted(typed[:40])} n’est pas un effectif"
    if value > MOST_PEOPLE:
        raise UserError(f"{refusal}{NBSP}: c’est trop grand. Vérifiez la saisie.")
    if value < 0 or value != int(value):
        raise UserError(f"{refusal}. Écrivez un nombre entier, par exemple 12.")
    return int(value)


def _numeral(text: str) -> str | None:
    """The number typed, as ``float`` takes it; None when it is none, or could be two."""
    if _TWO_READINGS.fullmatch(text):
        return None
    if _POINTED.fullmatch(text):
        text = text.replace(".", "")
    elif not _NUMBER.fullmatch(text):
        return None
    return _SPACES.sub("", text).replace(",", ".").replace(MINUS, "-")


def _no_number(typed: str, bare: str) -> str:
    """Why ``_numeral`` is None, and what to write."""
    said = quoted(typed[:40])
    if found := _TWO_READINGS.fullmatch(bare):
        sign = MINUS if found[1] in ("-", MINUS) else ""
        whole, after = f"{sign}{found[2]}", found[3]
        shorter = after.rstrip("0") or "0"
        bunched = _SPACES.sub("", whole)
        return (
            f"{said} se lit {whole}{NNBSP}{after} ou {whole},{after}{NBSP}: écrivez "
            f"{quoted(bunched + after)} ou {quoted(f'{bunched},{shorter}')}."
        )
    if _NUMBER.fullmatch(_SPACES.sub("", bare)):
        return (
            f"{said} n’est pas un nombre{NBSP}: les espaces y séparent des groupes de trois "
            f"chiffres, comme {quoted(f'1{NNBSP}234')}. Vérifiez la saisie."
        )
    return f"{said} n’est pas un nombre. Écrivez par exemple 8,4."


def parse_date(text: str, today: dt.date) -> dt.date | None:
    """Reads « 09/06/2021 », « 9/6/21 », « 9-6 » (this year), « 09062021 », « 2021-06-09 ».

    And « 9 juin 2021 », « 1er déc. », with or without accents. '' is None.
    Raises UserError for an impossible date, or one outside 2000-2099.
    """
    stripped = text.strip()
    if not stripped:
        return None
    try:
        day = _day(stripped, today)
    except ValueError:
        raise UserError(
            f"{quoted(stripped[:40])} n’est pas une date. Écrivez par exemple 09/06/2021."
        ) from None
    return plausible(day)


def _day(text: str, today: dt.date) -> dt.date:
    """Raises ValueError."""
    if _ISO_DATE.fullmatch(text):
        return dt.date.fromisoformat(text)
    if found := _DATE.fullmatch(text) or _EIGHT_DIGITS.fullmatch(text):
        number_of_month = int(found[2])
    elif found := _WORDED_DATE.fullmatch(_folded(text)):
        number_of_month = _MONTH_NUMBERS.get(found[2], 0)
    else:
        raise ValueError
    year = int(found[3]) if found[3] else today.year
    return dt.date(year + 2000 if year < 100 else year, number_of_month, int(found[1]))


def _folded(text: str) -> str:
    """Without accents or capitals; « 1ᵉʳ » is « 1er »."""
    spelt = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in spelt if not unicodedata.combining(sign)).casefold()


_MONTH_NUMBERS = {
    _folded(name).rstrip("."): place
    for names in (MONTHS, SHORT_MONTHS)
    for place, name in enumerate(names, 1)
}


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
