"""The workbook, read back with openpyxl: what it holds, and what it refuses to run."""

import datetime as dt
import gc
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from result_factory import told

from desktop_app.errors import UserError
from desktop_app.exports.excel.workbook import drop_spools, save, write_workbook
from desktop_app.services.documents.rows import (
    DocumentHeader,
    MeasurementRow,
    WorkbookCounts,
    WorkbookDocument,
)
from desktop_app.services.programme.experiment_rows import (
    CohortRow,
    DirectorateRow,
    EnterpriseRow,
    ExperimentRow,
    IndicatorRow,
    ObjectiveRow,
    SiteRow,
)
from desktop_app.services.results.rows import (
    Baseline,
    ExperimentResult,
    IndicatorResult,
    Interval,
    Level,
    LevelTally,
    Movement,
    ObjectiveResult,
    ResultSheet,
    ResultState,
    Tally,
    Thresholds,
)
from desktop_app.services.results.scope import Scope
from desktop_app.services.visits.visit_rows import FindingRow, FollowUpRow, VisitListRow
from desktop_app.services.vocabulary import (
    Aggregation,
    Direction,
    EvaluationQuestion,
    FindingKind,
    Frequency,
    MeasurementStatus,
    ObjectiveLevel,
    Phase,
    Polarity,
    SiteType,
    ValueType,
    VisitState,
)

DAY = dt.date(2021, 6, 9)
FROZEN = {"Synthèse": "C2", "Croisements": "C2", "Indicateurs": "D2", "Mesures": "D2",
          "Réponses": "D2"}  # fmt: skip
COHORT = CohortRow("c", 2, "Promotion 2", dt.date(2021, 3, 1), dt.date(2021, 11, 30))
EXPERIMENT = ExperimentRow(
    "e", "DUO", "Mentorat de jeunes", EnterpriseRow("x", "Duo", "", "", "", ""), COHORT,
    (DirectorateRow("d", "VSI", "Vie sociale et insertion"),), "", "", Phase.EXPERIMENTATION,
    dt.date(2021, 3, 1), dt.date(2021, 11, 30), 16000, "", "", 1, 1,
)  # fmt: skip
INDICATOR = IndicatorRow(
    id="i", objective_id="o", experiment_id="e", experiment_code="DUO", position=0, code="D1",
    label="Jeunes en emploi", definition="", formula="", numerator="", denominator="", unit="%",
    value_type=ValueType.PERCENTAGE, direction=Direction.UP, aggregation=Aggregation.LATEST,
    scale_min=None, scale_max=None, source="", method="", frequency=Frequency.MONTHLY,
    baseline_value=31, baseline_date=dt.date(2021, 3, 1), target_value=70,
    target_date=dt.date(2021, 11, 30), owner="", disaggregation="genre", categories=("F", "H"),
    limits="", version=1,
)  # fmt: skip
RESULT = IndicatorResult(
    INDICATOR, 52.0, DAY, 46, Interval(38, 66), 21 / 39, 0.4, ResultState.ON_TRACK,
    movement=Movement.PROGRESS, baseline=Baseline(agreed=31.0, used=31.0), measures=1, sites=1,
    known_sites=1, recorded=2, decimals=1,
)  # fmt: skip
VISIT = VisitListRow(
    "v", "V-2021-0042-K7", DAY, dt.time(13, 30), VisitState.VALIDATED, "e", "DUO",
    "Mentorat de jeunes", "Duo", "s", "Mission locale", "Argenteuil", "Mission innovation",
    2, 1, 1,
)  # fmt: skip
MEASURE = MeasurementRow(
    "m", 2, "DUO", "Mentorat de jeunes", "Accès à l’emploi", "i", "D1", "Jeunes en emploi", 1, "%",
    "Mission locale", "Argenteuil", "V-2021-0042-K7", DAY, None, "", MeasurementStatus.OBSERVED,
    52.0, 46, None, "", is_percentage=True, is_yes_no=False,
)  # fmt: skip
FINDING = FindingRow(
    "f", "v", 0, EvaluationQuestion.Q1, FindingKind.REPORTED, Polarity.POSITIVE, True, 2,
    "Jeunes", None, "« Mon mentor m’a ouvert des portes. »", "V-2021-0042-K7", DAY,
    "Mission locale", "Argenteuil", "DUO",
)  # fmt: skip
FOLLOW_UP = FollowUpRow(
    "a", "v", "V-2021-0042-K7", DAY, "e", "DUO", "Mentorat", "Duo", "Mission locale",
    "Valider le questionnaire", "Référente insertion", dt.date(2021, 6, 1), None, -13,
)  # fmt: skip
SITE = SiteRow(
    "s", "Mission locale", SiteType.MISSION_LOCALE, "", "95100", "Argenteuil", "95018", "", "",
    "00000095000014", 48.9, 2.2, "", ("DUO",), 1, DAY,
)  # fmt: skip


class Streams:
    """Rows held in memory, as the document service would stream them."""

    def __init__(self, measures=(MEASURE,), findings=(FINDING,)):
        self.measures, self.findings = measures, findings

    def iter_measurements(self, scope, mask_below):
        return iter(self.measures)

    def iter_visits(self, scope):
        return iter((VISIT,))

    def iter_findings(self, scope):
        return iter(self.findings)

    def iter_follow_ups(self, scope):
        return iter((FOLLOW_UP,))


def document(result=RESULT, counts=None):
    header = DocumentHeader(
        None, "Carnet d’essai", "Département du Val d’Oise", b"", True, DAY,
        dt.datetime(2021, 6, 9, 14, 32, tzinfo=dt.UTC), "0.1.0", "Mission innovation",
        scope="Périmètre\u00a0: promotion 2021\u202f; visites validées seulement",
    )  # fmt: skip
    experiment = ExperimentResult(
        EXPERIMENT, (LevelTally(Level.OUTCOME, Tally(progress=1)),), indicator_count=2,
        qualitative=1, stale=0, stale_since=None, ended=False, visit_count=1, site_count=1,
        observation_count=3,
    )  # fmt: skip
    objective = ObjectiveRow(
        "o", "e", 0, "Accès à l’emploi", ObjectiveLevel.OUTCOME, EvaluationQuestion.Q1, (INDICATOR,)
    )
    results = ObjectiveResult(objective, (result, told()))
    sheet = ResultSheet(experiment, (results,), DAY, 1, 0, 0)
    return WorkbookDocument(
        header, Scope(), (("Promotion", "toutes"),), (COHORT,), EXPERIMENT.directorates, (sheet,),
        (SITE,), counts or WorkbookCounts(1, 0.0, 1, 1, 1, 1, 2, 52.0), Thresholds(),
    )  # fmt: skip


def written(path, *, result=RESULT, streams=None):
    steps = list(write_workbook(document(result), streams or Streams(), path))
    assert steps[-1].done == steps[-1].total
    return openpyxl.load_workbook(path)


@pytest.fixture
def workbook(tmp_path):
    return written(tmp_path / "synthese.xlsx")


def test_the_sheets_are_those_agreed(workbook):
    assert workbook.sheetnames == [
        "Lisez-moi", "Synthèse", "Indicateurs", "Mesures", "Réponses", "Visites", "Constats",
        "Actions", "Sites", "Croisements", "Dictionnaire", "Listes", "Contrôle",
    ]  # fmt: skip


def test_each_sheet_is_one_real_table_ready_to_print(workbook):
    for sheet in workbook.worksheets[1:]:
        (table,) = sheet.tables.values()
        headings = [cell.value for cell in sheet[1]]
        assert [column.name for column in table.tableColumns] == headings
        assert table.ref.endswith(str(sheet.max_row))
        assert sheet.freeze_panes == FROZEN.get(sheet.title, "A2")
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$1:$1"
        assert not sheet.merged_cells.ranges


def test_table_names_are_unique_and_plain(workbook):
    names = [name for sheet in workbook.worksheets for name in sheet.tables]
    assert len(set(names)) == len(names)
    assert all(name.isascii() for name in names)


def test_dates_numbers_and_percentages_are_real(workbook):
    sheet = workbook["Mesures"]
    heading = [cell.value for cell in sheet[1]]
    row = dict(zip(heading, sheet[2], strict=True))
    assert row["Date"].value == dt.datetime(2021, 6, 9)  # noqa: DTZ001
    assert row["Date"].number_format == "dd/mm/yyyy"
    assert row["Valeur"].value == pytest.approx(0.52)
    assert row["Valeur"].number_format == "0.0%"
    assert row["n"].value == 46
    assert workbook["Visites"]["C2"].value == dt.time(13, 30)


def test_identifiers_stay_text(workbook):
    row = dict(
        zip(*([c.value for c in line] for line in workbook["Sites"].iter_rows()), strict=True)
    )
    assert row["SIRET"] == "00000095000014"
    assert row["Code INSEE"] == "95018"


def test_rates_are_live_formulas_on_the_right_columns(workbook):
    sheet = workbook["Indicateurs"]
    heading = [cell.value for cell in sheet[1]]
    assert heading[6:10] == ["T0 retenu", "Actuel", "Cible", "Taux d’atteinte"]
    assert sheet["J2"].value == '=IF(AND(COUNT(G2,H2,I2)=3,I2<>G2),(H2-G2)/(I2-G2),"")'
    assert sheet["J2"].number_format == "0.0%"


def test_control_counts_point_at_the_right_columns(workbook):
    assert workbook["Mesures"]["L1"].value == "Valeur"
    assert workbook["Mesures"]["N1"].value == "Type"
    lines = {row[0].value: row for row in workbook["Contrôle"].iter_rows(min_row=2)}
    percentages = lines["Mesures\u00a0: somme des pourcentages (en\u202f%)"]
    assert percentages[1].value == 52
    assert percentages[2].value == '=SUMIFS(Mesures!$L:$L,Mesures!$N:$N,"Pourcentage")*100'
    assert workbook["Indicateurs"]["L1"].value == "Mouvement"
    moving = lines["Synthèse\u00a0: indicateurs «\u00a0en progrès\u00a0»"]
    assert moving[1].value == 1
    assert moving[2].value == '=COUNTIF(Indicateurs!$L:$L,"en progrès")'
    crossed = workbook["Croisements"]
    assert crossed["C2"].value == (
        '=COUNTIFS(Constats!$C:$C,$A2,Constats!$F:$F,$B2,Constats!$H:$H,"Effet positif")'
    )
    assert workbook["Constats"]["F1"].value == "Question"
    assert workbook["Constats"]["H1"].value == "Polarité"


@pytest.mark.parametrize(
    "text",
    ['=HYPERLINK("http://x","y")', "+1+1", "-2", "@SUM(A1)", "#N/A", "\t=1", " =1", "|cmd", "=1"],
)
def test_nothing_a_cell_can_execute(tmp_path, text):
    book = written(tmp_path / "x.xlsx", streams=Streams(
        measures=(replace(MEASURE, comment=text, category=text),),
        findings=(replace(FINDING, text=text, audience=text),),
    ))  # fmt: skip
    for sheet, column in (("Mesures", "J"), ("Mesures", "S"), ("Constats", "K"), ("Constats", "M")):
        cell = book[sheet][f"{column}2"]
        assert cell.value == text
        assert cell.data_type == "s"
        assert cell.quotePrefix


def test_control_characters_and_endless_text_do_not_break_the_file(tmp_path):
    text = "\x00\x0b\ufffe\uffffA\x1f" + "é" * 100_000 + "\ud800"
    book = written(tmp_path / "x.xlsx", streams=Streams(findings=(replace(FINDING, text=text),)))
    value = book["Constats"]["M2"].value
    assert value.startswith("Aé")
    assert len(value) == 32_767
    assert value.endswith("…")


def test_a_withheld_value_does_not_leave(tmp_path):
    few = replace(MEASURE, n=None, value=None, comment="deux sur trois", withheld=True)
    book = written(tmp_path / "x.xlsx", streams=Streams(measures=(few, MEASURE)))
    first, second = ({h.value: c.value for h, c in zip(book["Mesures"][1], book["Mesures"][row],
                      strict=True)} for row in (2, 3))  # fmt: skip
    assert (first["Statut"], first["Lecture"]) == ("Masqué", "masqué")
    assert [first[title] for title in ("Valeur", "n", "Commentaire")] == [None, None, None]
    assert second["Valeur"] == pytest.approx(0.52)
    assert "Dont 1 valeur masquée" in [row[0].value for row in book["Contrôle"].iter_rows()]
    guide = " ".join(str(row[1].value) for row in book["Lisez-moi"].iter_rows(min_row=2))
    assert "aucune somme ni différence de ce qui est imprimé ne le redonne" in guide


def test_missing_is_not_zero(tmp_path):
    measures = (
        replace(MEASURE, value=0.0),
        replace(MEASURE, value=None, status=MeasurementStatus.NOT_OBSERVED),
    )
    sheet = written(tmp_path / "x.xlsx", streams=Streams(measures=measures))["Mesures"]
    assert sheet["L2"].value == 0
    assert sheet["L3"].value is None
    assert sheet["K3"].value == "Non observé"


def test_cancelling_keeps_the_previous_file_and_leaves_no_trace(tmp_path):
    path = tmp_path / "synthese.xlsx"
    path.write_bytes(b"previous")
    steps = write_workbook(document(), Streams(measures=(MEASURE,) * 2000), path)
    next(steps)
    next(steps)
    steps.close()
    assert path.read_bytes() == b"previous"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_a_sentence(tmp_path):
    with pytest.raises(UserError, match="n’existe pas"):
        list(write_workbook(document(), Streams(), tmp_path / "absent" / "x.xlsx"))


def test_an_empty_scope_still_makes_a_readable_workbook(tmp_path):
    empty = replace(document(), sheets=(), sites=(), counts=WorkbookCounts(0, 0, 0, 0, 0, 0, 0))
    path = tmp_path / "x.xlsx"

    class Nothing(Streams):
        def iter_visits(self, scope):
            return iter(())

        def iter_follow_ups(self, scope):
            return iter(())

    list(write_workbook(empty, Nothing((), ()), path))
    book = openpyxl.load_workbook(path)
    assert book["Mesures"].max_row == 1
    assert not book["Mesures"].tables


def test_a_reading_that_fails_midway_leaves_nothing_behind(tmp_path, monkeypatch):
    spools = tmp_path / "spools"
    spools.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spools))

    class Broken(Streams):
        def iter_visits(self, scope):
            yield VISIT
            raise UserError("Le carnet ne se lit plus.")

    path = tmp_path / "x.xlsx"
    with pytest.raises(UserError, match="ne se lit plus"):
        list(write_workbook(document(), Broken(), path))
    assert not path.exists()
    assert list(spools.iterdir()) == []


@pytest.mark.parametrize("spools", ["absent", "a file/below"])
def test_a_temporary_folder_that_is_gone_is_not_the_target(tmp_path, monkeypatch, spools):
    (tmp_path / "a file").write_text("précieux")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / spools))
    with pytest.raises(UserError, match="Aucun dossier temporaire"):
        list(write_workbook(document(), Streams(), tmp_path / "x.xlsx"))
    assert [file.name for file in tmp_path.iterdir()] == ["a file"]


@pytest.mark.skipif(sys.platform == "win32", reason="files are limited otherwise on Windows")
def test_no_temporary_folder_at_all_is_not_the_target(tmp_path, monkeypatch):
    """Python looks for a folder where a few bytes can be written: here, none takes any."""
    import resource

    monkeypatch.setattr(tempfile, "tempdir", None)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with pytest.raises(UserError, match="Aucun dossier temporaire"):
            list(write_workbook(document(), Streams(), tmp_path / "x.xlsx"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_ends_the_archive_quietly():
    """Else Python tries once more on its way out, which pytest would turn into a failure."""
    book = openpyxl.Workbook(write_only=True)
    book.create_sheet("Feuille").append(["x"])
    with pytest.raises(OSError, match="space"):
        save(book, Path("/dev/full"))
    drop_spools(book)
    del book
    gc.collect()
