"""What looks like personal data in free text, found on the device, before it is ever written out.

The CNIL asks that comment fields warn about what should not be there. These are hints, not
proofs: they favour few false alarms over catching everything, and the person decides.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

REPLACEMENT = "une personne"
OF_RESIDENTS = "un résident"
MOST = 50  # enough to warn with; a text that holds more needs another look anyway


class SuspicionKind(StrEnum):
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    NIR = "nir"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """``start`` and ``end`` are character offsets in the text that was read."""

    kind: SuspicionKind
    start: int
    end: int
    text: str


TITLES = {
    SuspicionKind.NAME: "Nom de personne ?",
    SuspicionKind.PHONE: "Numéro de téléphone ?",
    SuspicionKind.EMAIL: "Adresse électronique ?",
    SuspicionKind.NIR: "Numéro de sécurité sociale ?",
}

_UPPER = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ"
_LOWER = "a-zàâäçéèêëîïôöùûüÿœæ"
_WORD = rf"[{_UPPER}](?:[{_LOWER}]+|[’'][{_UPPER}][{_LOWER}]+)(?:-[{_UPPER}][{_LOWER}]+)*"
_SURNAME = rf"(?:{_WORD}|[{_UPPER}]{{2,}}(?:-[{_UPPER}]{{2,}})*)"
_GAP = r"[ \u00a0\u202f]+"

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_NIR = re.compile(
    r"(?<!\d)[12][ .]?\d{2}[ .]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .]?(?:2[AB]|\d{2})"
    r"[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{2})(?!\d)"
)
_PHONE = re.compile(r"(?<![\d+])(?:(?:\+|00)33[ .-]?(?:\(0\))?|0)[1-9](?:[ .-]?\d{2}){4}(?!\d)")
_TITLED = re.compile(
    rf"\b(?:M\.|MM\.|Mr\.?|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle){_GAP}"
    rf"(?:(?:de|du|d[’'])\s?)?{_SURNAME}(?:{_GAP}{_SURNAME})?"
)
_PAIR = re.compile(rf"(?<![\w’'-])({_WORD}){_GAP}({_SURNAME})(?![\w’'])")
_BEFORE = re.compile(rf"([\w’'-]+){_GAP}$")
_RESIDENTS = re.compile(r"\bresident")
_LOOK_BACK = 60  # characters read before a pair of words, to know where it stands
_SENTENCE_START = re.compile(r"(?:^|[.!?…:\n«•–—-])[\s\u00a0\u202f]*$")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FIRST_NAMES = _words(
    """
    abdel adam adele adrien agathe agnes ahmed aicha alain albert alexandre alexis ali alice
    aline amadou amandine amelie amina amine anais andre andree angele anne annick annie
    anthony antoine arnaud arthur aurelie awa axel ayoub baptiste bernadette bernard bertrand
    brigitte bruno camille carole caroline catherine cecile celine chantal charles charlotte
    chloe christelle christian christiane christine christophe claire claude claudine clemence
    clement colette corinne cyril damien daniel daniele david delphine denis denise diane
    didier dominique edith edouard elena eliane elisabeth elise elodie emilie emma emmanuel
    emmanuelle enzo eric estelle ethan eva evelyne fabien fabrice fanny farid fatima fatou
    fatoumata fernand florence florian france francis franck francois francoise frederic
    gabriel gaelle genevieve georges georgette gerald gerard germaine ghislaine gilbert gilles
    gisele guillaume guy hamza helene henri henriette herve hugo ibrahim ines irene isabelle
    jacqueline jacques jade jamal jean jeanine jeanne jeannine jerome joel johan jonathan jose
    joseph josette josiane julie julien juliette justine karim karine kevin khadija laetitia
    laura laure laurence laurent lea leila leo leon leonie liliane lina louis louise luc lucas
    lucette lucie lucien lucienne ludovic madeleine mael magali mamadou manon marc marcel
    marcelle margaux marguerite maria mariam marianne marie marine marion marthe martin
    martine mathieu mathilde mathis matthieu maurice maxime mehdi melanie mia michel michele
    micheline mireille mohamed monique mounir moussa muriel myriam nadia nadine nathalie
    nathan nicolas nicole noah noel noemie odette odile olivier oscar oumar pascal pascale
    patrice patricia patrick paul paule paulette pauline philippe pierre pierrette quentin
    rachid raphael raymond raymonde regine remi rene renee richard robert roger roland romain
    rose sabrina said salma samia samir samuel sandra sandrine sarah sebastien serge simon
    simone sofia solange sonia sophie stephane stephanie suzanne sylvain sylvie theo therese
    thierry thomas tiphaine tom valentin valerie vanessa veronique victor vincent virginie
    viviane xavier yann yannick yasmine yvan yves yvette yvonne zoe zohra
    """
)

# Capitalised words that begin the names of places, bodies and projects, not of people.
_NOT_PEOPLE = _words(
    """
    action agence andibo antropia apres arbitryum assemblee association atelier avant avec
    avenue bonjour boulevard carte ce centre cergy ces cette cmp collectif college comite
    commune conseil dans departement depuis direction duo ecole ehpad emploi en entreprise
    equipe espace essec est etablissement etat etre fondation foyer france grand grande groupe
    handicap hopital ile ime institut jexplore la le les lors lycee mairie maison merci
    mission monsieur nord nous objectif office ouest parc paris place plan pole pont pontoise
    pour programme projet quartier region relais residence reunion roissy rue saint sainte
    salle sans sante service site societe solinum sud sur travail un une union universite val
    vie ville vr
    """
)

_PLACE_BEFORE = _words(
    """
    allee arret association atelier avenue batiment bd boulevard centre chemin clinique
    college cours creche crèche departement ecole ehpad entreprise esat espace etablissement
    fam fondation foyer gare groupe gymnase hopital ime immeuble institut jardin lycee mairie
    maison mas mission parc pavillon place pole pont programme quai quartier residence route
    rue salle savs service sessad site societe square tour unite ville
    """
)


def suspicions(text: str, known: Iterable[str] = ()) -> tuple[Suspicion, ...]:
    """What looks like a person's data, in reading order, never overlapping, ``MOST`` of a kind.

    ``known`` are names that may be written (the site, its commune, the enterprise).
    """
    allowed = frozenset(_plain(word) for name in known for word in re.findall(r"[\w-]+", name))
    found = [
        *_all(SuspicionKind.EMAIL, _EMAIL, text),
        *_all(SuspicionKind.NIR, _NIR, text),
        *_all(SuspicionKind.PHONE, _PHONE, text),
        *_all(SuspicionKind.NAME, _TITLED, text),
        *_name_pairs(text, allowed),
    ]
    kept: list[Suspicion] = []
    for one in found:
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))


def replacement(audience: str) -> str:
    """« un résident » where the text is about residents, « une personne » anywhere else."""
    return OF_RESIDENTS if _RESIDENTS.search(_plain(audience)) else REPLACEMENT


def replaced(text: str, suspicion: Suspicion, by: str = REPLACEMENT) -> str:
    """The text with that passage replaced; unchanged if the passage is no longer there."""
    if text[suspicion.start : suspicion.end] != suspicion.text:
        return text
    before = text[: suspicion.start]
    word = by[:1].upper() + by[1:] if _SENTENCE_START.search(before[-_LOOK_BACK:]) else by
    return f"{before}{word}{text[suspicion.end :]}"


def _all(kind: SuspicionKind, pattern: re.Pattern[str], text: str) -> list[Suspicion]:
    matches = islice(pattern.finditer(text), MOST)
    return [Suspicion(kind, m.start(), m.end(), m[0]) for m in matches]


def _name_pairs(text: str, allowed: frozenset[str]) -> list[Suspicion]:
    """« Lucas Untel »: a known first name anywhere, or two capitalised words inside a sentence."""
    found: list[Suspicion] = []
    position = 0
    while len(found) < MOST and (match := _PAIR.search(text, position)):
        first, second = _plain(match[1]), _plain(match[2])
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        previous = _BEFORE.search(before)
        after_place = previous is not None and _plain(previous[1].split("’")[-1]) in _PLACE_BEFORE
        ordinary = bool({first, second} & (_NOT_PEOPLE | allowed))
        likely = first.split("-")[0] in _FIRST_NAMES or not (
            _SENTENCE_START.search(before) or match[2].isupper()
        )
        if likely and not ordinary and not after_place:
            found.append(Suspicion(SuspicionKind.NAME, match.start(), match.end(), match[0]))
            position = match.end()
        else:
            position = match.start(2)
    return found


def _plain(word: str) -> str:
    """Lower case without accents, to compare words."""
    table = str.maketrans("àâäçéèêëîïôöùûüÿ", "aaaceeeeiioouuuy")
    return word.lower().translate(table)
