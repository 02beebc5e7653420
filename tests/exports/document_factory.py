"""Hand-made rows that read like a real experiment: what the document tests are fed with."""

import datetime as dt
import io
from dataclasses import replace

from PIL import Image, ImageDraw
from result_factory import TODAY, indicator, objectives, result, trajectories

from desktop_app.services.documents.rows import DocumentHeader, ExperimentDocument, VisitDocument
from desktop_app.services.documents.scope_words import scope_sentence, visit_sentence
from desktop_app.services.programme.experiment_rows import (
    CohortRow,
    DirectorateRow,
    EnterpriseRow,
    ExperimentRow,
    SiteRow,
)
from desktop_app.services.results.rows import ObjectiveResult, ResultSheet, Thresholds
from desktop_app.services.results.scope import Scope
from desktop_app.services.results.tallies import Activity, experiment_result
from desktop_app.services.visits.visit_rows import (
    AttachmentRow,
    FindingRow,
    FollowUpRow,
    MeasureLine,
    VisitListRow,
    VisitRow,
)
from desktop_app.services.vocabulary import (
    Appreciation,
    AttachmentKind,
    Calculation,
    Counted,
    EvaluationQuestion,
    FindingKind,
    Frequency,
    MeasurementStatus,
    Phase,
    Polarity,
    Reliability,
    SiteType,
    SourceType,
    ValueType,
    VisitState,
    Wave,
)

__all__ = ["TODAY", "indicator", "objectives", "result", "trajectories"]  # beside those made here


SCOPE = scope_sentence(Scope(experiment_id="e1"), (), Thresholds())


def header(
    *,
    illustrative: bool = True,
    organisation: str = "Département du Val d’Oise",
    scope: str = SCOPE,
) -> DocumentHeader:
    return DocumentHeader(
        programme=None,
        notebook_title="Expérimentations 2020-2021",
        organisation=organisation,
        logo=b"",
        illustrative=illustrative,
        today=TODAY,
        generated_at=dt.datetime(2021, 6, 9, 12, 32, tzinfo=dt.UTC),
        version="0.1.0",
        author="Mission innovation",
        territory="Val d’Oise",
        scope=scope,
    )


def experiment() -> ExperimentRow:
    return ExperimentRow(
        id="e1",
        code="DUO",
        title="Mentorat de jeunes par des seniors",
        enterprise=EnterpriseRow("s1", "Duo for a job", "Association", "", "", ""),
        cohort=CohortRow("c2", 2, "2021", dt.date(2021, 3, 1), dt.date(2021, 11, 30)),
        directorates=(DirectorateRow("d1", "VSI", "Vie sociale et insertion"),),
        social_need="Dans l’est du département, un jeune sur quatre de 18 à 25 ans n’est ni en "
        "emploi, ni en études, ni en formation. Les missions locales manquent de relais vers les "
        "employeurs, et les jeunes issus de l’immigration disposent rarement d’un réseau.",
        target_audience="Jeunes de 18 à 33 ans suivis par une mission locale, sans emploi depuis "
        "plus de trois mois ; seniors de plus de 50 ans, mentors bénévoles.",
        phase=Phase.EXPERIMENTATION,
        start_date=dt.date(2021, 3, 1),
        end_date=dt.date(2021, 11, 30),
        budget=16000.0,
        sdg_tags="8, 10",
        final_decision="",
        site_count=3,
        visit_count=6,
    )


def finding(number: int, text: str, **changes: object) -> FindingRow:
    base = FindingRow(
        id=f"f{number}",
        visit_id="v1",
        position=number,
        evaluation_question=EvaluationQuestion.Q1,
        kind=FindingKind.FACT,
        polarity=Polarity.POSITIVE,
        intended=True,
        intensity=None,
        audience="",
        source_type=SourceType.OBSERVATION,
        text=text,
        visit_reference="V-2021-0042-K7",
        visit_date=dt.date(2021, 5, 26),
        site_name="Mission locale d’Argenteuil",
        commune="Argenteuil",
        experiment_code="DUO",
    )
    return replace(base, **changes)


def findings() -> tuple[FindingRow, ...]:
    said = {"kind": FindingKind.REPORTED, "source_type": SourceType.INTERVIEW}
    bad, neutral = {"polarity": Polarity.NEGATIVE}, {"polarity": Polarity.NEUTRAL}
    q2, q3, q4 = (
        {"evaluation_question": q}
        for q in (EvaluationQuestion.Q2, EvaluationQuestion.Q3, EvaluationQuestion.Q4)
    )
    return (
        finding(1, "Mon mentor m’a fait comprendre ce qu’attend un employeur.", **said,
                audience="jeune, 21 ans", intensity=4),
        finding(2, "Trouver un mentor pour les métiers manuels prend trop de temps.", **said, **bad,
                audience="conseillère de mission locale", site_name="Mission locale de Cergy"),
        finding(3, "Douze binômes sur quinze se voient chaque semaine, en dehors de la permanence.",
                audience="binômes"),
        finding(4, "Deux jeunes ont cessé de venir après un premier rendez-vous manqué par leur "
                "mentor ; aucune relance n’était prévue.", **bad, intended=False, intensity=3,
                audience="jeunes"),
        finding(5, "Les entretiens se tiennent dans la salle commune, sans confidentialité.",
                **neutral),
        finding(6, "J’ose téléphoner maintenant. Avant, je raccrochais.", **said,
                audience="jeune, 19 ans", intensity=5),
        finding(7, "Les candidatures sont relues en binôme avant envoi."),
        finding(8, "Les jeunes arrivent avec un projet mieux formulé.",
                kind=FindingKind.INTERPRETATION),
        finding(9, "Une mentore a aidé à rouvrir les droits à la complémentaire santé.", **q2,
                intended=False, audience="jeune, 23 ans"),
        finding(10, "On se sent utile, et on comprend mieux le quartier.", **said, **q2,
                audience="mentor, 67 ans"),
        finding(11, "La coordination repose sur une seule salariée à mi-temps.", **q3, **bad),
        finding(12, "Il faudrait un référent par mission locale.", **said, **q4, **neutral,
                audience="directrice de mission locale"),
    )  # fmt: skip


def follow_ups() -> tuple[FollowUpRow, ...]:
    base = FollowUpRow(
        id="a1",
        visit_id="v1",
        visit_reference="V-2021-0042-K7",
        visit_date=TODAY,
        experiment_id="e1",
        experiment_code="DUO",
        experiment_title="Mentorat de jeunes par des seniors",
        enterprise="Duo for a job",
        site_name="Mission locale d’Argenteuil",
        what="Envoyer la liste des employeurs partenaires du bassin",
        who="Mission innovation",
        due_date=dt.date(2021, 6, 2),
        done_date=None,
        days_left=-7,
    )
    return (
        base,
        replace(base, id="a2", what="Réserver une salle fermée pour les entretiens",
                who="Mission locale", due_date=dt.date(2021, 6, 30), days_left=21),
        replace(base, id="a3", what="Prévoir une relance après un rendez-vous manqué",
                who="Coordinatrice", due_date=dt.date(2021, 5, 28), days_left=None,
                done_date=dt.date(2021, 5, 27)),
        replace(base, id="a4", what="Recenser les mentors issus des métiers manuels", who="",
                due_date=None, days_left=None),
    )  # fmt: skip


def sites() -> tuple[SiteRow, ...]:
    def site(number, name, commune, visits, last):
        return SiteRow(f"s{number}", name, SiteType.MISSION_LOCALE, "", "", commune, "", "", "",
                       "", None, None, "", ("DUO",), visits, last)  # fmt: skip

    return (
        site(1, "Mission locale d’Argenteuil", "Argenteuil", 3, dt.date(2021, 5, 26)),
        site(2, "Mission locale de Cergy", "Cergy", 2, dt.date(2021, 6, 2)),
        site(3, "Tiers-lieu La Fabrique", "Sarcelles", 1, dt.date(2021, 4, 28)),
    )


def visits() -> tuple[VisitListRow, ...]:
    days = ((3, 15), (4, 6), (4, 28), (5, 12), (5, 26), (6, 2))
    where = sites()
    return tuple(
        VisitListRow(
            id=f"v{index}",
            reference=f"V-2021-{index + 11:04d}-K7",
            date=dt.date(2021, month, day),
            start_time=None,
            state=VisitState.VALIDATED if index < 5 else VisitState.DRAFT,
            experiment_id="e1",
            experiment_code="DUO",
            experiment_title="Mentorat de jeunes par des seniors",
            enterprise="Duo for a job",
            site_id=where[index % 3].id,
            site_name=where[index % 3].name,
            commune=where[index % 3].commune,
            author="A. Martin",
            measurement_count=4 + index,
            finding_count=2,
            open_follow_up_count=1,
        )
        for index, (month, day) in enumerate(days)
    )


def sheet(parts: tuple[ObjectiveResult, ...], *, row: ExperimentRow, **changes: object):
    """A sheet whose counts are those of its results."""
    leveled = [(part.level, result) for part in parts for result in part.results]
    made = Activity(visits=6, sites=3, observations=60) if parts else Activity()
    whole = experiment_result(row, leveled, made, TODAY)
    found = (7, 2, 3) if parts else (0, 0, 0)
    return replace(ResultSheet(whole, parts, TODAY, *found), **changes)


def experiment_document(**changes: object) -> ExperimentDocument:
    base = ExperimentDocument(
        header=header(),
        scope=Scope(experiment_id="e1"),
        sheet=sheet(objectives(), row=experiment()),
        trajectories=trajectories(),
        findings=findings(),
        follow_ups=follow_ups(),
        visits=visits(),
        sites=sites(),
        thresholds=Thresholds(),
        photos=(),
    )
    return replace(base, **changes)


def empty_experiment_document() -> ExperimentDocument:
    """An experiment just created: nothing measured, nothing seen."""
    row = replace(experiment(), social_need="", target_audience="", budget=None, sdg_tags="",
                  start_date=None, end_date=None, directorates=())  # fmt: skip
    return experiment_document(
        sheet=sheet((), row=row),
        trajectories=(),
        findings=(),
        follow_ups=(),
        visits=(),
        sites=(),
    )


def visit() -> VisitRow:
    return VisitRow(
        id="v1",
        reference="V-2021-0042-K7",
        experiment_id="e1",
        experiment_code="DUO",
        experiment_title="Mentorat de jeunes par des seniors",
        enterprise="Duo for a job",
        site_id="s1",
        site_name="Mission locale d’Argenteuil",
        site_type=SiteType.MISSION_LOCALE,
        commune="Argenteuil",
        date=dt.date(2021, 5, 26),
        start_time=dt.time(13, 30),
        end_time=dt.time(16, 0),
        remote=False,
        author="A. Martin",
        participants="Directrice de la mission locale ; deux conseillères ; coordinatrice de "
        "l’antenne ; cinq jeunes ; trois mentors",
        headcount=12,
        purpose="Observer une permanence de mentorat et relever les indicateurs du mois.",
        context="Première permanence après la réouverture des locaux. La mission locale a changé "
        "de direction en avril.",
        notes="Accueil par la directrice, puis permanence de 14:00 à 15:30 dans la salle commune. "
        "Sept binômes présents sur huit attendus.\n\nÉchange final avec les deux conseillères sur "
        "l’orientation des jeunes vers le dispositif.",
        strengths="Binômes assidus ; conseillères convaincues et disponibles.",
        brakes="Peu de mentors issus des métiers manuels. Pas de salle fermée.",
        risks="La coordination repose sur une personne à mi-temps.",
        limits="Une seule permanence observée ; un binôme absent.",
        appreciation=Appreciation.THREE,
        state=VisitState.VALIDATED,
        validated_at=dt.datetime(2021, 5, 27, 8, 15, tzinfo=dt.UTC),
        validated_by="A. Martin",
    )


def measure(code: str, label: str, value: float | None, **changes: object) -> MeasureLine:
    base = MeasureLine(
        indicator_id=f"i-{code}",
        indicator_code=code,
        label=label,
        unit="% des jeunes accompagnés",
        value_type=ValueType.PERCENTAGE,
        frequency=Frequency.MONTHLY,
        scale_min=None,
        scale_max=None,
        definition="",
        disaggregation="genre",
        category="",
        due=True,
        retired=False,
        last_value=43.0,
        last_date=dt.date(2021, 5, 12),
        baseline_value=31.0,
        target_value=70.0,
        measurement_id=f"m-{code}",
        status=MeasurementStatus.OBSERVED,
        value=value,
        n=46,
        wave=Wave.T1,
        reliability=Reliability.HIGH,
        comment="",
        last_n=44,
        calculation=Calculation.RATIO,
        n_counts=Counted.PEOPLE,
    )
    return replace(base, **changes)


def measures() -> tuple[MeasureLine, ...]:
    jobs = "Jeunes en emploi, formation ou stage à 6 mois"
    none = {"measurement_id": None, "status": None, "n": None, "wave": None}
    return (
        measure("D1", jobs, 47.0),
        measure("D1", jobs, 52.0, category="Femmes", n=24),
        measure("D1", jobs, 33.0, category="Non précisé", n=3),
        measure("D2", "Binômes actifs", 38.0, unit="nombre", value_type=ValueType.NUMBER, n=None,
                baseline_value=0.0, target_value=60.0, last_value=29.0,
                comment="Deux binômes en pause, non comptés."),
        measure("D4", "Confiance en soi déclarée", None, status=MeasurementStatus.NOT_OBSERVED,
                n=None, value_type=ValueType.SCALE, unit="échelle de 1 à 5", baseline_value=2.8,
                target_value=4.0, last_value=3.1, wave=None, reliability=None),
        measure("D6", "Jeunes satisfaits de la fin de parcours", 75.0, n=8, last_value=None,
                last_date=None),
        measure("D3", "Délai moyen avant la première rencontre", None, **none),
    )  # fmt: skip


def attachment(number: int, **changes: object) -> AttachmentRow:
    base = AttachmentRow(
        id=f"p{number}",
        visit_id="v1",
        finding_id=None,
        kind=AttachmentKind.PHOTO,
        filename=f"photo-{number}.jpg",
        media_type="image/jpeg",
        sha256="0" * 64,
        size=184_320,
        width=1200,
        height=800,
        caption=f"La salle commune pendant la permanence ({number})",
        thumbnail=None,
    )
    return replace(base, **changes)


def jpeg(width: int = 1200, height: int = 800) -> bytes:
    image = Image.new("RGB", (width, height), "#cfe3df")
    draw = ImageDraw.Draw(image)
    draw.rectangle((width * 0.1, height * 0.4, width * 0.5, height * 0.9), fill="#0e5f5f")
    draw.ellipse((width * 0.6, height * 0.2, width * 0.85, height * 0.6), fill="#bc4a22")
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def visit_document(**changes: object) -> VisitDocument:
    photo, lost = attachment(1), attachment(2, caption="Le coin des mentors")
    paper = attachment(3, kind=AttachmentKind.DOCUMENT, filename="emargement-mai.pdf", caption="",
                       media_type="application/pdf", size=58_000)  # fmt: skip
    base = VisitDocument(
        header=header(scope=visit_sentence(VisitState.VALIDATED, Thresholds())),
        visit=visit(),
        measures=measures(),
        findings=findings(),
        follow_ups=follow_ups(),
        attachments=(photo, lost, paper),
        photos=((photo, jpeg()), (lost, b"")),
        thresholds=Thresholds(),
        hidden=frozenset({("i-D1", "Femmes"), ("i-D1", "Non précisé")}),
    )
    return replace(base, **changes)


def empty_visit_document() -> VisitDocument:
    texts = (
        "participants",
        "purpose",
        "context",
        "notes",
        "strengths",
        "brakes",
        "risks",
        "limits",
    )
    row = replace(
        visit(),
        **dict.fromkeys(texts, ""),
        headcount=None,
        appreciation=None,
        start_time=None,
        end_time=None,
        state=VisitState.DRAFT,
        validated_at=None,
        validated_by="",
    )
    return visit_document(visit=row, measures=(), findings=(), follow_ups=(), attachments=(),
                          photos=())  # fmt: skip
