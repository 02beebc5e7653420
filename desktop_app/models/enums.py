"""Closed lists of the domain: the values the notebook stores (labels: services/vocabulary.py)."""

from enum import StrEnum


class Phase(StrEnum):
    SELECTION = "selection"
    SCOPING = "scoping"
    EXPERIMENTATION = "experimentation"
    EVALUATION = "evaluation"
    IMPLANTED = "implanted"
    STOPPED = "stopped"


class ObjectiveLevel(StrEnum):
    OUTPUT = "output"
    OUTCOME = "outcome"
    IMPACT = "impact"


class EvaluationQuestion(StrEnum):
    """The four questions of the joint evaluation."""

    Q1 = "q1"
    Q2 = "q2"
    Q3 = "q3"
    Q4 = "q4"


class ValueType(StrEnum):
    NUMBER = "number"
    PERCENTAGE = "percentage"
    SCALE = "scale"
    YES_NO = "yes_no"
    QUALITATIVE = "qualitative"


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    KEEP = "keep"


class Aggregation(StrEnum):
    """How measurements of several sites and dates become one value (services/results)."""

    ADDITIVE = "additive"
    LATEST = "latest"
    MEAN = "mean"
    RATIO = "ratio"


class Counted(StrEnum):
    """What n counts: people, answers, sessions or objects. People and answers are to protect."""

    PEOPLE = "people"
    ANSWERS = "answers"
    SESSIONS = "sessions"
    OBJECTS = "objects"


class MeasurementStatus(StrEnum):
    """Why a value is there or not. A measurement with no row at all has not been recorded."""

    OBSERVED = "observed"
    NOT_OBSERVED = "not_observed"
    NOT_APPLICABLE = "not_applicable"


class Wave(StrEnum):
    T0 = "t0"
    T1 = "t1"
    T2 = "t2"


class Reliability(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class FindingKind(StrEnum):
    """A quote (verbatim) is a finding of kind ``REPORTED``."""

    FACT = "fact"
    REPORTED = "reported"
    INTERPRETATION = "interpretation"


class Polarity(StrEnum):
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class SourceType(StrEnum):
    OBSERVATION = "observation"
    INTERVIEW = "interview"
    GROUP = "group"
    QUESTIONNAIRE = "questionnaire"
    DOCUMENT = "document"


class VisitState(StrEnum):
    PLANNED = "planned"
    DRAFT = "draft"
    VALIDATED = "validated"


class Appreciation(StrEnum):
    """The HAS scale of one to four, with NC (not concerned)."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    NOT_CONCERNED = "nc"


class AttachmentKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"


class SiteType(StrEnum):
    EHPAD = "ehpad"
    IME = "ime"
    SESSAD = "sessad"
    ESAT = "esat"
    FAM = "fam"
    EAM = "eam"
    MAS = "mas"
    SAVS = "savs"
    SAMSAH = "samsah"
    COLLEGE = "college"
    MISSION_LOCALE = "mission_locale"
    ASSOCIATION = "association"
    CCAS = "ccas"
    THIRD_PLACE = "third_place"
    OTHER = "other"


class Frequency(StrEnum):
    SESSION = "session"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    WAVE = "wave"
    ONCE = "once"


class JournalOp(StrEnum):
    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"
