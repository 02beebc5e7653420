"""The cells of a list: one answer says all of them, and their look follows the theme."""

from dataclasses import dataclass

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.system.tokens import DARK, LIGHT, tokens
from desktop_app.views.look.theme import apply_theme
from desktop_app.views.tables.grouped_model import Group, GroupedModel
from desktop_app.views.tables.row_delegate import LAID_OUT, Letters, RowDelegate
from desktop_app.views.tables.row_model import PAINTED_ROLE, Column, Painted, RowModel
from desktop_app.views.tables.row_view import RowView


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    place: str
    state: str


COLUMNS: tuple[Column[Row], ...] = (
    Column("Nom", lambda row: row.name, subline=lambda row: row.place, bold=True),
    Column("État", lambda row: row.state, tone=lambda _row: "good"),
    Column("Nombre", lambda row: str(len(row.name)), right=True),
)
ROWS = (Row("Sarcelles", "Mairie", "Validée"), Row("Cergy", "", "Validée"))


def table(qtbot: QtBot) -> RowView:
    model: RowModel[Row] = RowModel(COLUMNS, lambda row: row.name)
    model.set_rows(ROWS)
    made = RowView(model, "Lignes", stretch=0)
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_one_answer_says_all_that_a_cell_shows(themed: QApplication) -> None:
    model: RowModel[Row] = RowModel(COLUMNS, lambda row: row.name)
    model.set_rows(ROWS)
    assert [model.index(0, column).data(PAINTED_ROLE) for column in range(3)] == [
        Painted("Sarcelles", "Mairie", bold=True),
        Painted("Validée", tone="good"),
        Painted("9", right=True),
    ]


def test_a_heading_says_itself_once(themed: QApplication) -> None:
    model: GroupedModel[str, Row] = GroupedModel(COLUMNS, str)
    model.set_groups([Group("o", "Objectif", "Résultat", ROWS)])
    first, second = (model.index(0, column).data(PAINTED_ROLE) for column in (0, 1))
    assert first == Painted("Objectif", "Résultat", "info", heading=True)
    assert (second.heading, second.text) == (True, "")
    assert model.index(1, 0).data(PAINTED_ROLE).text == "Sarcelles"


def test_the_look_follows_the_theme_and_the_size_of_the_text(
    themed: QApplication, qtbot: QtBot
) -> None:
    view = table(qtbot)
    delegate = view.itemDelegate()
    assert isinstance(delegate, RowDelegate)
    light = delegate.look(view.font())
    assert delegate.look(view.font()) is light
    assert light.colours["ink"] == QColor(tokens(LIGHT)["ink"])
    try:
        apply_theme(themed, DARK, 200)
        view.grab()
        dark = delegate.look(view.font())
        assert dark.colours["ink"] == QColor(tokens(DARK)["ink"])
        assert dark.padding == 2 * light.padding
    finally:
        apply_theme(themed, LIGHT, 100)
    view.grab()
    assert delegate.look(view.font()).padding == light.padding


def test_a_text_is_laid_out_once_a_width(themed: QApplication) -> None:
    letters = Letters(themed.font())
    whole, width = letters.laid_out("Une mairie de Sarcelles", 400)
    assert letters.laid_out("Une mairie de Sarcelles", 400)[0] is whole
    cut, less = letters.laid_out("Une mairie de Sarcelles", 60)
    assert cut.text().endswith("…")
    assert less <= 60 < width


def test_what_is_kept_laid_out_is_bounded(themed: QApplication) -> None:
    letters = Letters(themed.font())
    for number in range(LAID_OUT + 1):
        letters.laid_out(str(number), 100)
    assert len(letters._laid_out) == 1
