"""The tables' models: checked by Qt's own tester, sorted by value, read in words."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from screen_sample import DAY, dated_services, fill

from desktop_app.config.settings import Settings
from desktop_app.services.results.scope import Scope
from desktop_app.services.visits.visit_rows import FollowUpRow, VisitFilter
from desktop_app.views.tables import action_table
from desktop_app.views.tables.action_table import ActionTableModel
from desktop_app.views.tables.action_text import delay_text, delay_tone
from desktop_app.views.tables.evidence_list import LineModel
from desktop_app.views.tables.experiment_framework import FrameworkTableModel
from desktop_app.views.tables.experiment_visits import VisitTableModel
from desktop_app.views.tables.result_evidence import EvidenceTableModel, Reading
from desktop_app.views.tables.result_table import ResultTableModel
from desktop_app.views.tables.row_model import RowModel
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
        sheet = services.results.sheet(experiment)
        reading = Reading(sheet.objectives[0].results[0], least=10)
        evidence, visits = EvidenceTableModel(reading), VisitTableModel()
        lines = LineModel()
        sites, actions = SiteTableModel(), ActionTableModel()
        models = (results, framework, evidence, visits, sites, actions, lines)
        testers = [QAbstractItemModelTester(model, TESTER) for model in models]
        for _ in range(2):
            results.set_sheet(sheet)
            framework.set_objectives(services.framework.objectives(experiment))
            found = services.results.evidence(sample.indicators["D1"])
            evidence.set_rows(found.rows)
            lines.show_lines(found, reading)
            visits.set_rows(services.visits.page(VisitFilter(experiment_id=experiment)).rows)
            sites.set_rows(services.sites.list())
            actions.set_rows(services.follow_ups.list())
        assert [model.rowCount() for model in models] == [5, 5, 2, 2, 3, 3, 3]
        sites.set_rows(services.sites.list("cergy"))
        assert texts(sites, 0) == ["Collège Jules-Verne"]
        assert len(testers) == len(models)


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
