"""The tables' models: checked by Qt's own tester, sorted by value, read in words."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from screen_sample import DAY, dated_services, fill

from desktop_app.config.settings import Settings
from desktop_app.services.result_rows import Thresholds
from desktop_app.services.scope import Scope
from desktop_app.services.visit_rows import FollowUpRow, VisitFilter
from desktop_app.views.tables import action_table, result_table
from desktop_app.views.tables.action_table import ActionTableModel
from desktop_app.views.tables.action_text import delay_text, delay_tone
from desktop_app.views.tables.experiment_framework import FrameworkTableModel
from desktop_app.views.tables.experiment_visits import VisitTableModel
from desktop_app.views.tables.result_evidence import EvidenceTableModel
from desktop_app.views.tables.result_table import ResultTableModel
from desktop_app.views.tables.result_text import thresholds_text
from desktop_app.views.tables.row_model import SUBLINE_ROLE, TONE_ROLE, RowModel
from desktop_app.views.tables.site_table import LAST, SiteTableModel

TESTER = QAbstractItemModelTester.FailureReportingMode.Warning


def texts(model: RowModel[object], column: int) -> list[str]:
    return [
        str(model.index(row, column, QModelIndex()).data())
        for row in range(model.rowCount(QModelIndex()))
    ]


def test_models_keep_their_promises_to_qt(tmp_path: Path, settings: Settings) -> None:
    with dated_services(tmp_path, settings) as services:
        sample = fill(services)
        experiment = sample.experiments["duo"]
        results, framework = ResultTableModel("aide"), FrameworkTableModel()
        evidence, visits = EvidenceTableModel(), VisitTableModel()
        sites, actions = SiteTableModel(), ActionTableModel()
        models = (results, framework, evidence, visits, sites, actions)
        testers = [QAbstractItemModelTester(model, TESTER) for model in models]
        for _ in range(2):
            results.set_sheet(services.results.sheet(experiment))
            framework.set_objectives(services.framework.objectives(experiment))
            evidence.set_rows(services.results.evidence(sample.indicators["D1"]))
            visits.set_rows(services.visits.page(VisitFilter(experiment_id=experiment)).rows)
            sites.set_rows(services.sites.list())
            actions.set_rows(services.follow_ups.list())
        assert [model.rowCount() for model in models] == [5, 5, 6, 2, 3, 3]
        sites.set_rows(services.sites.list("cergy"))
        assert texts(sites, 0) == ["Collège Jules-Verne"]
        assert len(testers) == len(models)


def test_results_read_as_in_the_mockup(tmp_path: Path, settings: Settings) -> None:
    with dated_services(tmp_path, settings) as services:
        sample = fill(services)
        model = ResultTableModel("aide")
        model.set_sheet(services.results.sheet(sample.experiments["duo"]))
    heading = model.index(0, 0)
    assert heading.data() == "Objectif 1 — Accélérer l’accès à l’emploi ou à la formation"
    assert heading.data(SUBLINE_ROLE) == "Résultat"
    assert not model.flags(heading) & Qt.ItemFlag.ItemIsSelectable
    place = model.position(sample.indicators["D1"])
    assert place == model.first_row() == 1
    cells = [model.index(place, column) for column in range(model.columnCount())]
    assert [cell.data() for cell in cells[:5]] == [
        "D1",
        "Jeunes en emploi, formation ou stage à 6 mois",
        "31\u202f%",
        "44\u202f%",
        "70\u202f%",
    ]
    assert cells[result_table.ACTUAL].data(SUBLINE_ROLE) == (
        "n\u00a0=\u00a092 · IC 95\u202f%\u00a0: 34–54\u202f%"
    )
    assert cells[result_table.STATE].data() == "En bonne voie"
    assert cells[result_table.STATE].data(TONE_ROLE) == "good"
    assert "aide" in cells[result_table.STATE].data(Qt.ItemDataRole.ToolTipRole)
    assert "cible 70\u202f%" in cells[result_table.BAR].data(Qt.ItemDataRole.AccessibleTextRole)
    down = model.index(model.position(sample.indicators["D2"]), result_table.LABEL)
    assert down.data(SUBLINE_ROLE) == "jours — à faire baisser"
    scale = model.index(model.position(sample.indicators["D3"]), result_table.LABEL)
    assert scale.data(SUBLINE_ROLE) == "échelle 1 à 5"


def test_missing_values_sort_last_both_ways(tmp_path: Path, settings: Settings) -> None:
    with dated_services(tmp_path, settings) as services:
        fill(services)
        model = SiteTableModel()
        model.set_rows(services.sites.list())
    given = texts(model, 0)
    tester = QAbstractItemModelTester(model, TESTER)
    kept = QPersistentModelIndex(model.index(given.index("Mission locale"), 0))
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        model.sort(LAST, order)
        assert texts(model, 0)[0] == "Mission locale"
        assert kept.data() == "Mission locale"
    model.sort(-1)
    assert texts(model, 0) == given
    assert tester.model() is model


def test_same_records_refreshed_keep_the_model_in_place(tmp_path: Path, settings: Settings) -> None:
    with dated_services(tmp_path, settings) as services:
        sample = fill(services)
        model = ActionTableModel()
        model.set_rows(services.follow_ups.list())
        resets: list[object] = []
        model.modelReset.connect(lambda: resets.append(1))
        model.set_rows(services.follow_ups.list())
        assert not resets
        services.follow_ups.delete(sample.follow_ups["far"])
        model.set_rows(services.follow_ups.list(scope=Scope()))
        assert resets == [1]


def follow_up(due: int | None, done: dt.date | None = None) -> FollowUpRow:
    day = None if due is None else DAY + dt.timedelta(due)
    left = None if done else due
    return FollowUpRow(
        "id", None, "", None, "e", "DUO", "Mentorat", "Duo", "", "Quoi", "Qui", day, done, left
    )


@pytest.mark.parametrize(
    ("row", "words", "tone"),
    [
        (follow_up(-6), "−\u00a06 jours", "bad"),
        (follow_up(-1), "−\u00a01 jour", "bad"),
        (follow_up(0), "aujourd’hui", "warn"),
        (follow_up(4), "dans 4 jours", "warn"),
        (follow_up(9), "dans 9 jours", "neutral"),
        (follow_up(None), "sans échéance", "neutral"),
        (follow_up(-6, DAY), "faite le 09/06/2021", "good"),
    ],
)
def test_delays_read_in_words(row: FollowUpRow, words: str, tone: str) -> None:
    assert (delay_text(row), delay_tone(row)) == (words, tone)
    assert action_table.COLUMNS[action_table.STATE].text(row) == words


def test_the_words_of_the_states_follow_the_settings() -> None:
    said = thresholds_text(Thresholds(on_track=0.9, watch=0.4))
    assert "au moins 90\u202f%" in said
    assert "entre 40 et 90\u202f%" in said
