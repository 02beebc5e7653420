"""What an empty notebook shows: the steps to the first visit, the done ones ticked."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.views.look.icons import icon
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import primary, secondary
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.text import muted, strong


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    text: str
    button: str
    done: bool
    act: Callable[[], object]


class FirstSteps(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Pour commencer", parent=parent)
        self.body.setSpacing(dp(4))
        self.body.addWidget(
            muted("Trois étapes avant la première visite. Tout reste modifiable ensuite.")
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(dp(6))
        self.body.addSpacing(dp(8))
        self.body.addLayout(self._rows)

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """The first step not done carries the main button."""
        while (item := self._rows.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        following = next((step for step in steps if not step.done), None)
        for position, step in enumerate(steps, start=1):
            self._rows.addWidget(_StepRow(position, step, next_one=step is following))


class _StepRow(QWidget):
    def __init__(self, position: int, step: Step, *, next_one: bool) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, dp(6), 0, dp(6))
        row.setSpacing(dp(14))
        mark = QLabel()
        side = dp(28)
        name = "check-circle" if step.done else f"number-circle-{_WORDS[position]}"
        colour = "good" if step.done else "accent" if next_one else "muted"
        mark.setPixmap(icon(name, colour).pixmap(QSize(side, side)))
        mark.setAccessibleName("fait" if step.done else f"étape {position}")
        words = QVBoxLayout()
        words.setSpacing(dp(1))
        words.addWidget(strong(step.title))
        words.addWidget(muted(step.text))
        make = primary if next_one else secondary
        button = make(step.button)
        button.clicked.connect(lambda _=False: step.act())
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)


_WORDS = {1: "one", 2: "two", 3: "three", 4: "four"}
