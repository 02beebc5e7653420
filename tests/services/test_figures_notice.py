"""A notebook of 0.2 keeps all it held; what new rules change of its figures is said, and why."""

import gzip
from pathlib import Path

import pytest

from desktop_app.services.results.figures_notice import ChangedFigure, FiguresNoticeService
from desktop_app.services.results.rows import Reserve, Thresholds
from desktop_app.services.results.service import ResultService
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.integrity import check
from desktop_app.store.notebook import Notebook

STORED = Path(__file__).parents[1] / "store" / "files" / "format-2.carnet.gz"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "ancien.carnet"
    path.write_bytes(gzip.decompress(STORED.read_bytes()))
    return path


def service(notebook: Notebook) -> FiguresNoticeService:
    return FiguresNoticeService(ResultService(notebook, lambda _reader: Thresholds()))


def by_label(figures: tuple[ChangedFigure, ...]) -> dict[str, ChangedFigure]:
    return {figure.label: figure for figure in figures}


def test_what_changed_is_said_with_why_and_kept(old: Path, device: DeviceIdentity) -> None:
    with Notebook.open(old, device) as opened:
        notice = service(opened).get()
        assert notice is not None
        assert not notice.read
        changed = by_label(notice.figures)
        # 0.2: the site that gave totals keeps them (1, of a draft), the other its total of 2
        entered = changed["Jeunes entrés"]
        assert (entered.before, entered.now) == ("3", "14")  # 5 + 2 + (3 + 4)
        assert "vague T0 comprise" in entered.why
        assert changed["Ce que disent les jeunes"].state_now == "Réponses recueillies"
        assert changed["Part des jeunes"].state_now == "—"
        service(opened).mark_read()
    with Notebook.open(old, device) as opened:
        again = service(opened).get()
        assert again is not None
        assert (again.figures, again.read) == (notice.figures, True)
        assert check(opened) == []


def test_an_older_notebook_keeps_what_it_held_and_says_its_reserves(
    old: Path, device: DeviceIdentity
) -> None:
    with Notebook.open(old, device) as opened:
        results = ResultService(opened, lambda _reader: Thresholds())
        (whole,) = results.experiments()
        found = {
            result.indicator.label: result
            for part in results.sheet(whole.experiment.id).objectives
            for result in part.results
        }
    assert Reserve.PAIR in found["Part des jeunes"].reserves
    assert Reserve.SUM_FROM_ZERO in found["Cumul à partir de dix"].reserves
    assert found["Ce que disent les jeunes"].answers[0].text.startswith("On apprend")
    (lowered,) = found["Jeunes entrés"].history
    assert lowered.changes == (("target_value", 48.0, 40.0),)
    # the definition changed after the last measure: its figure is of the older one
    assert Reserve.OLDER_SERIES in found["Assiduité"].reserves
    assert found["Assiduité"].attainment is None


def test_a_read_only_look_at_an_older_notebook_changes_nothing(
    old: Path, device: DeviceIdentity
) -> None:
    before = old.read_bytes()
    with Notebook.open(old, device, read_only=True) as opened:
        assert service(opened).get() is not None
    assert old.read_bytes() == before


def test_a_new_notebook_has_nothing_to_say(notebook: Notebook) -> None:
    assert service(notebook).get() is None
