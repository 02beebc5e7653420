"""The visit page: prepare, record, follow up. Nothing here waits for a Save button."""

import datetime as dt
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.services.changes import Changes
from desktop_app.services.vocabulary import VisitState, label
from desktop_app.views.look.theme import dp, repolish
from desktop_app.views.navigation import Place
from desktop_app.views.runtime.temporary import TemporaryFolder
from desktop_app.views.screens.base import Screen, ScreenContext
from desktop_app.views.screens.visit.actions import ActionsTab
from desktop_app.views.screens.visit.attachments import AttachmentsTab
from desktop_app.views.screens.visit.bundle import VisitBundle, read_bundle
from desktop_app.views.screens.visit.entry import EntryTab
from desktop_app.views.screens.visit.history import HistoryTab
from desktop_app.views.screens.visit.identification import site_name
from desktop_app.views.screens.visit.preparation import PreparationTab
from desktop_app.views.screens.visit.preview import open_preview
from desktop_app.views.screens.visit.work import VisitWork
from desktop_app.views.widgets.buttons import link, primary, secondary
from desktop_app.views.widgets.instant_key import bind_key
from desktop_app.views.widgets.keys import sequences
from desktop_app.views.widgets.page_header import PageHeader
from desktop_app.views.widgets.pill import STATE_TONES
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.tabs import PageTabs
from desktop_app.views.widgets.text import rule, small, text

TABS = (
    ("preparation", "Préparation"),
    ("entry", "Saisie"),
    ("actions", "Actions"),
    ("attachments", "Pièces jointes"),
    ("history", "Historique"),
)
Page = TypeVar("Page", bound=ScrollPage)
Tab = PreparationTab | EntryTab | ActionsTab | AttachmentsTab | HistoryTab

UNREAD = "Un champ en rouge n’est pas enregistré. Corrigez-le avant de valider la visite."
LOCKED = (
    f"Visite validée{french.NBSP}: ses champs sont verrouillés. "
    f"{french.quoted('Amender la visite')} les rouvre{french.NNBSP}; l’historique garde tout."
)


class VisitScreen(Screen):
    """Place("visit", visit_id, tab): preparation, entry, actions, attachments or history."""

    kinds = (
        "visit",
        "measurement",
        "finding",
        "follow_up",
        "attachment",
        "indicator",
        "objective",
        "experiment",
        "enterprise",
        "site",
    )

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.work = VisitWork(context, self)
        self._arriving = False
        self._saved_words = ""
        self._folder = TemporaryFolder()
        self.header = PageHeader()
        self.header.followed.connect(context.go)
        self.saved = text("", "muted", wrap=False)
        self._saved_below = text("", "muted", wrap=False)
        self.preview = secondary("Aperçu PDF")
        bind_key(self.preview, "Ctrl+P", shown=False)
        self.validate = primary("Valider la visite")
        bind_key(self.validate, "Ctrl+Shift+Return", shown=False)
        for widget in (self.saved, self.preview, self.validate):
            self.header.add_action(widget)
        self.lock_note = small(LOCKED)
        self.lock_note.hide()
        self.tabs = PageTabs()
        self.pages: list[ScrollPage] = []
        self._bundle: VisitBundle | None = None
        self._stack = QStackedWidget()
        self.attachments = self._placed(AttachmentsTab(self.work))
        self.entry = self._placed(EntryTab(self.work, self.attachments))
        self._lay_out()
        self._connect()

    # Tabs made when they are first looked at; the two above hold what is being typed or sent

    @cached_property
    def preparation(self) -> PreparationTab:
        return self._placed(PreparationTab(self.work))

    @cached_property
    def actions_tab(self) -> ActionsTab:
        return self._placed(ActionsTab(self.work))

    @cached_property
    def history(self) -> HistoryTab:
        return self._placed(HistoryTab(self.work))

    def _placed(self, page: Page) -> Page:
        self.pages.append(page)
        self._stack.addWidget(page)
        bar = page.verticalScrollBar()
        bar.rangeChanged.connect(lambda _low, high: _set_margin(page, bar=high > 0))
        _set_margin(page, bar=False)
        return page

    def _page(
        self, key: str
    ) -> PreparationTab | EntryTab | ActionsTab | AttachmentsTab | HistoryTab:
        match key:
            case "preparation":
                return self.preparation
            case "actions":
                return self.actions_tab
            case "attachments":
                return self.attachments
            case "history":
                return self.history
        return self.entry

    # Arriving and reading

    def show_place(self, place: Place) -> None:
        if place.record_id != self.work.visit_id or not self.place.screen:
            self._say_left_behind()
            self._arriving = True
            self.notice.hide()
            self.entry.refresh_lists()
        super().show_place(place)
        if place.tab in dict(TABS):
            self.tabs.set_current(place.tab)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous() and self.window().isVisible():
            self._say_left_behind()

    def _say_left_behind(self) -> None:
        """What could not be written waits, in red, in its visit: the person must know it."""
        if not self.work.refused:
            return
        visit = self.work.visit
        day = french.long_date(visit.date)
        said = f"Un champ en rouge de la visite du {day} n’est pas enregistré. Il vous y attend."
        back = Place("visit", visit.id, "entry")
        self.context.notify.show(said, "Y revenir", lambda: self.context.go(back))

    def refresh(self) -> None:
        visit_id, services = self.place.record_id or "", self.context.services
        self.context.operations.query(
            lambda: read_bundle(services, visit_id),
            self._load,
            owner=self,
            key="bundle",
            failed=self._gone,
        )

    def on_changed(self, changes: Changes, initiator: object) -> None:
        """Its own writes too: the fields being typed keep what is in them."""
        del initiator
        if changes.touches("experiment", "enterprise", "site"):
            self.entry.refresh_lists()
        super().on_changed(changes, None)

    def flush(self) -> None:
        super().flush()
        self.entry.flush()
        self.work.queue.flush()

    def dispose(self) -> None:
        super().dispose()
        self.attachments.forget_files()
        self._folder.clean()

    def take_focus(self) -> None:
        """Given once the visit is read."""
        if not self._arriving:
            super().take_focus()

    # Building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(24), dp(20), 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(0, 0, dp(24), 0)
        head.setSpacing(0)
        head.addWidget(self.header)
        head.addSpacing(dp(10))
        for key, name in TABS:
            self.tabs.add(key, name)
        under = QHBoxLayout()
        under.addWidget(self.tabs, 1)
        under.addWidget(self._saved_below)
        head.addLayout(under)
        head.addWidget(rule())
        self.notice = QFrame()
        self.notice.setProperty("role", "notice")
        self.notice.setProperty("tone", "warn")
        line = QHBoxLayout(self.notice)
        line.setContentsMargins(dp(12), dp(6), dp(6), dp(6))
        self.notice_text = text("")
        line.addWidget(self.notice_text, 1)
        close = link("Fermer")
        close.clicked.connect(self.notice.hide)
        line.addWidget(close)
        self.notice.hide()
        head.addSpacing(dp(8))
        head.addWidget(self.notice)
        head.addWidget(self.lock_note)
        column.addLayout(head)
        column.addSpacing(dp(8))
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.tabs.changed.connect(self._show_tab)
        self.preview.clicked.connect(self.show_preview)
        self.validate.clicked.connect(self._validate_or_amend)
        self.work.queue.changed.connect(self._show_saving)
        self.work.editable_changed.connect(self._show_state)
        self.listen(self.context.operations.saved, self._saved)
        self.attachments.bind(self)
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda step=step: self._step(step))
        for number, (key, _) in enumerate(TABS, start=1):
            for sequence in sequences(f"Alt+{number}"):
                shortcut = QShortcut(sequence, self)
                shortcut.activated.connect(lambda key=key: self.tabs.set_current(key))

    # Showing

    def _load(self, bundle: VisitBundle) -> None:
        visit = bundle.visit
        self.work.set_visit(visit)
        self.header.set_breadcrumb(
            [
                ("Visites", Place("visits")),
                (visit.enterprise, Place("experiment", visit.experiment_id)),
            ]
        )
        where = site_name(visit.site_name, visit.commune)
        self.header.set_title(f"{where} — {french.long_date(visit.date)}")
        self._show_state()
        self._show_saving()
        self.tabs.set_text("actions", _counted("Actions", len(bundle.follow_ups)))
        self.tabs.set_text("attachments", _counted("Pièces jointes", len(bundle.attachments)))
        arriving, self._arriving = self._arriving, False
        if arriving and self.place.tab not in dict(TABS):
            planned = visit.state is VisitState.PLANNED
            self.tabs.set_current("preparation" if planned else "entry")
        self._bundle = bundle
        self._show_page(self.tabs.current)
        if arriving:
            QTimer.singleShot(0, self, self._focus_page)

    def _focus_page(self) -> None:
        """Where one starts typing on the tab, else the tabs themselves."""
        if self.tabs.current == "entry" and self.work.editable:
            self.entry.measures.focus_first()
        elif self.tabs.current == "preparation" and not self.preparation.start.isHidden():
            self.preparation.start.setFocus()
        else:
            self.tabs.setFocus()

    def _show_state(self) -> None:
        visit = self.work.visit
        validated = visit.state is VisitState.VALIDATED
        self.header.set_pill(label(visit.state), STATE_TONES[visit.state])
        if validated and visit.validated_at is not None:
            at = french.date_time(visit.validated_at.astimezone())
            by = f" par {visit.validated_by}" if visit.validated_by else ""
            self.header.pill.setToolTip(f"Validée le {at}{by}")
        words = "Valider la visite"
        self.lock_note.setVisible(validated and not self.work.amending)
        if validated:
            words = "Terminer l’amendement" if self.work.amending else "Amender la visite"
        self.validate.setText(words)
        self.validate.setAccessibleName(words)

    def _show_tab(self, key: str) -> None:
        self.flush()
        inside = self._stack.isAncestorOf(QApplication.focusWidget() or self)
        self._show_page(key)
        if inside:
            self._focus_page()

    def _show_page(self, key: str) -> None:
        """Loaded before it is seen: laid out once."""
        self._load_tab(key)
        self._stack.setCurrentWidget(self._page(key))

    def _load_tab(self, key: str) -> None:
        """A tab shows the visit when it is looked at, not before."""
        if self._bundle is None or self._bundle.visit.id != self.place.record_id:
            return
        page = self._page(key)
        if isinstance(page, HistoryTab):
            page.refresh()
        else:
            page.load(self._bundle)

    def _step(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    def _saved(self, at: dt.datetime) -> None:
        """What was said against validating may no longer be true."""
        self._saved_words = f"Enregistré automatiquement à {french.time(at.time())}:{at.second:02d}"
        self.notice.hide()
        self._show_saving()

    def _show_saving(self) -> None:
        queue = self.work.queue
        if not self.work.refused and self.notice_text.text() == UNREAD:
            self.notice.hide()
        if self.work.refused:
            words, role = "Non enregistré : voir le champ en rouge", "error"
        elif queue.unsaved:
            words, role = "Modification en cours…", "muted"
        else:
            words, role = self._saved_words, "muted"
        waiting = words if self.work.refused or queue.unsaved else ""
        self.context.operations.unsaved.emit(waiting.replace(" :", f"{french.NBSP}:"))
        for words_label in (self.saved, self._saved_below):
            words_label.setText(words.replace(" :", f"{french.NBSP}:"))
            if words_label.property("role") != role:
                words_label.setProperty("role", role)
                repolish(words_label)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """When narrow, the title keeps its line: the saved time goes beside the tabs.

        Narrower still, the header's actions have a line of their own, with room for it.
        """
        super().resizeEvent(event)
        narrow = dp(800) <= event.size().width() < dp(1120)
        self.saved.setVisible(not narrow)
        self._saved_below.setVisible(narrow)

    # Acting

    def _validate_or_amend(self) -> None:
        if self.work.visit.state is VisitState.VALIDATED:
            if self.work.amending:
                self.flush()
            self.work.amend(on=not self.work.amending)
            return
        self.flush()
        if self.work.refused:
            self._say(UNREAD)
            return
        visits, visit_id = self.context.services.visits, self.work.visit_id
        self.notice.hide()
        self.work.write(lambda: visits.validate(visit_id), failed=self._say)

    def show_preview(self) -> None:
        """The compte rendu as it would be sent, written aside and never kept."""
        self.flush()
        self.context.operations.flush()
        try:
            folder = self._folder.path()
        except UserError as error:
            self._say(str(error))
            return
        open_preview(self.context, self.window(), self.work.visit, folder)

    def _say(self, sentence: str) -> None:
        self.notice_text.setText(sentence)
        self.notice.show()

    def _gone(self, sentence: str) -> None:
        self.context.notify.show(sentence)
        self.context.go(Place("visits"))


def _counted(name: str, count: int) -> str:
    return f"{name} ({count})" if count else name


def _set_margin(page: ScrollPage, *, bar: bool) -> None:
    """The cards end under the header's last button, scroll bar or not."""
    right = dp(24) - (page.verticalScrollBar().sizeHint().width() if bar else 0)
    page.body.setContentsMargins(0, 0, right, dp(20))
