"""The notebook's rules: who decides, what is written when, and what documents then bear."""

import hashlib
import io
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st
from PIL import Image
from programme_seed import Seed

from desktop_app.config.policy import judged
from desktop_app.config.settings import Settings
from desktop_app.errors import UserError
from desktop_app.french import plural
from desktop_app.services.catalogue import NotebookServices, build_services
from desktop_app.services.demo import write_demo
from desktop_app.services.notebook import logos
from desktop_app.services.notebook.notebooks import create_notebook, open_notebook
from desktop_app.services.notebook.rule_reader import NUMBERS, Origin
from desktop_app.services.notebook.rules import (
    NO_PROGRAMME,
    ChangeRules,
    FirstRules,
    first_rules,
)
from desktop_app.services.programme.experiment_rows import SaveRecord
from desktop_app.services.results.rows import Thresholds
from desktop_app.store import integrity
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook

Built = Callable[..., NotebookServices]
HEADER = "Département du Val d’Oise"
ISERE = "Isère (38)"


@pytest.fixture
def built(notebook: Notebook, tmp_path: Path) -> Built:
    """The services of the notebook on a computer of these settings, under that policy."""

    def build(policy: dict[str, object] | None = None, **chosen: object) -> NotebookServices:
        path = tmp_path / "settings.json"
        for key, value in chosen.items():
            Settings(path).set(key, value)
        return build_services(notebook, Settings(path, judged(policy or {}, "policy")))

    return build


def columns(notebook: Notebook) -> tuple[Any, ...]:
    """on_track, watch, min_n_percentage, mask_below, organisation, logo_sha256 as stored."""
    with notebook.glance() as reader:
        (row,) = reader.rows(
            "SELECT on_track, watch, min_n_percentage, mask_below, organisation, logo_sha256 "
            "FROM notebook"
        )
    return row


def store(notebook: Notebook, **values: object) -> None:
    """As another program, or a hand, would have left it: no check."""
    with closing(sqlite3.connect(notebook.path)) as connection, connection:
        for key, value in values.items():
            connection.execute(f"UPDATE notebook SET {key} = ?", (value,))  # noqa: S608


def image(path: Path, size: tuple[int, int] = (300, 100), **options: Any) -> Path:
    Image.new("RGBA" if path.suffix == ".png" else "RGB", size, "#0e5f5f").save(path, **options)
    return path


class TestInForce:
    @pytest.mark.parametrize(
        ("policy", "own", "chosen", "value", "origin"),
        [
            (None, None, None, 5, Origin.COMPUTER),
            (None, None, 8, 8, Origin.COMPUTER),
            (None, 7, 8, 7, Origin.NOTEBOOK),
            (None, 0, 8, 0, Origin.NOTEBOOK),
            (11, 7, 8, 11, Origin.POLICY),
            (11, None, 8, 11, Origin.POLICY),
            (None, 51, 8, 8, Origin.COMPUTER),  # no program writes that
            (None, -1, None, 5, Origin.COMPUTER),
        ],
    )
    def test_policy_then_notebook_then_computer(
        self,
        built: Built,
        notebook: Notebook,
        policy: int | None,
        own: int | None,
        chosen: int | None,
        value: int,
        origin: Origin,
    ) -> None:
        store(notebook, mask_below=own)
        raw: dict[str, object] = {} if policy is None else {"mask_below": policy}
        services = built(raw, **({} if chosen is None else {"mask_below": chosen}))
        rules = services.rules.get()
        assert (rules.mask_below, rules.origins["mask_below"]) == (value, origin)
        assert rules.thresholds.mask_below == value
        assert services.results.thresholds().mask_below == value

    @pytest.mark.parametrize(
        ("policy", "own", "chosen", "territory", "heading", "origin"),
        [
            ("Fixée", "À nous", "Poste", ISERE, "Fixée", Origin.POLICY),
            (None, "À nous", "Poste", ISERE, "À nous", Origin.NOTEBOOK),
            (None, None, HEADER, ISERE, ISERE, Origin.TERRITORY),
            (None, "  ", HEADER, ISERE, ISERE, Origin.TERRITORY),
            (None, None, "Poste", "", "Poste", Origin.COMPUTER),
            (None, None, "", "", "Carnet d’essai", Origin.TITLE),
            ("", "À nous", "Poste", ISERE, ISERE, Origin.POLICY),
            ("", None, "Poste", "", "Carnet d’essai", Origin.POLICY),
        ],
    )
    def test_what_heads_the_documents(
        self,
        built: Built,
        notebook: Notebook,
        policy: str | None,
        own: str | None,
        chosen: str,
        territory: str,
        heading: str,
        origin: Origin,
    ) -> None:
        seed = Seed(notebook)
        directory = built(organisation=chosen).directory
        programme = directory.programme()
        assert programme is not None
        directory.save_programme(SaveRecord(programme.id, {"territory": territory}))
        store(notebook, organisation=own)
        services = built({} if policy is None else {"organisation": policy})
        rules = services.rules.get()
        assert (rules.heading, rules.origins["organisation"]) == (heading, origin)
        documents = services.documents
        assert documents.experiment_document(seed.experiment).header.organisation == heading
        assert documents.workbook_document().header.organisation == heading

    def test_a_territory_typed_later_heads_at_once(self, built: Built, notebook: Notebook) -> None:
        services = built(organisation=HEADER)
        assert services.rules.get().heading == HEADER
        values = {"name": "Programme", "territory": ISERE}
        services.directory.save_programme(SaveRecord(None, values))
        assert services.rules.get().heading == ISERE

    @trials(
        max_examples=150,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(data=st.data())
    def test_thresholds_are_never_crossed(
        self, notebook: Notebook, tmp_path: Path, data: st.DataObject
    ) -> None:
        percent = st.integers(-5, 105)
        own = data.draw(st.fixed_dictionaries({k: st.none() | percent for k in NUMBERS[:2]}))
        fixed = data.draw(
            st.fixed_dictionaries({}, optional={key: st.integers(1, 99) for key in NUMBERS[:2]})
        )
        store(notebook, **own)
        settings = Settings(tmp_path / "none.json", judged(fixed, "policy"))
        rules = build_services(notebook, settings).rules.get()
        assert 0 <= rules.watch < rules.on_track <= 100
        for key, value in settings.policy.values.items():
            assert getattr(rules, key) == value

    def test_reading_them_loads_no_sqlalchemy(self, notebook: Notebook, tmp_path: Path) -> None:
        program = (
            "import sys\n"
            "from pathlib import Path\n"
            "from desktop_app.config.settings import Settings\n"
            "from desktop_app.services.catalogue import build_services\n"
            "from desktop_app.store.device import DeviceIdentity\n"
            "from desktop_app.store.notebook import Notebook\n"
            "device = DeviceIdentity(id='', label='', agent='')\n"
            "opened = Notebook.open(Path(sys.argv[1]), device, read_only=True)\n"
            "services = build_services(opened, Settings(Path(sys.argv[2])))\n"
            "services.rules.get(), services.rules.logo(), services.results.experiments()\n"
            "opened.close()\n"
            "sys.exit('sqlalchemy' in sys.modules)\n"
        )
        settings = tmp_path / "settings.json"
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", program, notebook.path, settings], check=False
        )
        assert done.returncode == 0

    def test_a_document_is_judged_by_the_rules_of_its_own_state(
        self, built: Built, notebook: Notebook
    ) -> None:
        """Changed by another in the middle of a read, they are those of its beginning."""
        services = built()
        with notebook.glance() as reader:
            assert services.rules.thresholds(reader) == Thresholds()
            services.rules.change(ChangeRules({"on_track": 90, "mask_below": 9}))
            assert services.rules.thresholds(reader) == Thresholds()
            assert services.rules.read(reader).mask_below == 5
        assert services.results.thresholds() == Thresholds(on_track=0.9, mask_below=9)


class TestChanging:
    def test_is_one_journalled_transaction_shown_in_the_history(
        self, built: Built, notebook: Notebook
    ) -> None:
        services = built()
        Seed(notebook)
        change = ChangeRules(
            {"on_track": 75, "mask_below": 8, "organisation": " Métropole ", "territory": ISERE}
        )
        done = services.rules.change(change)
        assert done.changes.kinds == {"notebook", "programme"}
        assert (done.value.on_track, done.value.mask_below, done.value.watch) == (75, 8, 50)
        assert (done.value.organisation, done.value.territory) == ("Métropole", ISERE)
        (entry, _creation) = services.history.of_record("notebook", done.value.notebook_id)
        assert entry.title == "Règles du carnet modifiées"
        assert entry.author == "Camille Renard"
        said = {change.field: (change.old, change.new) for change in entry.changes}
        assert said["Masquer les effectifs inférieurs à"] == ("—", plural(8, "personne"))
        assert said["«\u00a0En bonne voie\u00a0» à partir de"] == ("—", "75\u202f%")
        assert said["En-tête des documents"] == ("—", "Métropole")
        (moved, _) = services.history.of_record("programme", done.value.programme_id)
        assert [(c.field, c.new) for c in moved.changes] == [("Territoire", ISERE)]
        assert integrity.check(notebook) == []

    def test_takes_all_back_in_one_undo(self, built: Built, notebook: Notebook) -> None:
        services = built()
        Seed(notebook)
        before = services.rules.get()
        done = services.rules.change(ChangeRules({"watch": 30, "territory": ISERE}))
        undone = services.history.undo(done.hlc)
        assert undone.changes.kinds == {"notebook", "programme"}
        assert services.rules.get() == before
        services.history.undo(undone.hlc)
        assert services.rules.get() == done.value

    def test_an_undo_never_leaves_thresholds_crossed(self, built: Built) -> None:
        services = built()
        services.rules.adopt()
        lowered = services.rules.change(ChangeRules({"watch": 30}))
        services.rules.change(ChangeRules({"on_track": 40}))
        with pytest.raises(UserError, match="ne serait plus au-dessus"):
            services.history.undo(lowered.hlc)
        assert (services.rules.get().on_track, services.rules.get().watch) == (40, 30)

    def test_how_the_notebook_began_is_never_undone(
        self, tmp_path: Path, device: DeviceIdentity
    ) -> None:
        settings = Settings(tmp_path / "settings.json")
        with create_notebook(
            tmp_path / "a.carnet", "A", device, ["A — B"], first_rules(settings)
        ) as notebook:
            services = build_services(notebook, settings)
            (entry,) = services.history.of_record("notebook", services.rules.get().notebook_id)
            assert not entry.undoable
            with pytest.raises(UserError, match="ne peut plus être annulé"):
                services.history.undo(entry.hlc)
            assert len(services.directory.directorates()) == 1

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"mask_below": 51}, "«\u00a0Masquer les effectifs inférieurs à\u00a0»\u00a0: écrivez"),
            ({"mask_below": -1}, "de 0 à 50"),
            ({"mask_below": True}, "de 0 à 50"),
            ({"mask_below": "5"}, "de 0 à 50"),
            ({"min_n_percentage": 101}, "de 0 à 100"),
            ({"on_track": 0}, "de 1 à 100"),
            ({"watch": 100}, "de 0 à 99"),
            ({"on_track": 50}, "écrivez plus que 50, la valeur de «\u00a0«\u00a0À surveiller"),
            ({"watch": 80}, "écrivez moins que 80, la valeur de «\u00a0«\u00a0En bonne voie"),
            ({"on_track": 40, "watch": 60}, "écrivez plus que 60"),
            ({"organisation": "x" * 121}, "plus que la limite de 120"),
            ({"mask_below": 7, "territory": ISERE}, NO_PROGRAMME),
        ],
    )
    def test_a_refusal_changes_nothing(
        self, built: Built, notebook: Notebook, values: dict[str, object], words: str
    ) -> None:
        before = columns(notebook)
        with pytest.raises(UserError) as refusal:
            built().rules.change(ChangeRules(values))
        assert words in str(refusal.value)
        assert columns(notebook) == before

    def test_two_crossing_values_go_together(self, built: Built) -> None:
        done = built().rules.change(ChangeRules({"on_track": 40, "watch": 30}))
        assert (done.value.on_track, done.value.watch) == (40, 30)

    @pytest.mark.parametrize("key", ["mask_below", "organisation"])
    def test_what_the_organisation_fixes_is_refused(self, built: Built, key: str) -> None:
        raw: dict[str, object] = {"mask_below": 11, "organisation": "Fixée"}
        services = built(raw)
        value = {"mask_below": 7, "organisation": "Autre"}[key]
        with pytest.raises(UserError, match="est fixé par votre organisation"):
            services.rules.change(ChangeRules({key: value}))

    def test_one_value_writes_the_others_in_force_down(
        self, built: Built, notebook: Notebook
    ) -> None:
        """Else this computer's « à surveiller » could cross it on another one."""
        built(watch=20).rules.change(ChangeRules({"on_track": 30}))
        assert columns(notebook)[:4] == (30, 20, 10, 5)

    def test_a_fixed_value_that_hides_a_crossing_is_written_too(
        self, built: Built, notebook: Notebook
    ) -> None:
        store(notebook, on_track=60, watch=50, min_n_percentage=10, mask_below=5)
        built({"on_track": 90}).rules.change(ChangeRules({"watch": 85}))
        assert columns(notebook)[:2] == (90, 85)
        assert built().rules.get().watch == 85

    def test_a_notebook_only_read_says_so(self, built: Built, notebook: Notebook) -> None:
        notebook.close()
        device = notebook.device
        with open_notebook(notebook.path, device, read_only=True) as opened:
            services = build_services(opened, Settings(notebook.path.with_suffix(".json")))
            assert not services.rules.undecided()
            with pytest.raises(UserError, match="lecture seule"):
                services.rules.change(ChangeRules({"mask_below": 7}))


class TestAdopting:
    def test_writes_down_what_is_in_force_once(self, built: Built, notebook: Notebook) -> None:
        services = built(mask_below=9, on_track=70, organisation="Département de l’Essai")
        before = services.rules.get()
        assert services.rules.undecided()
        assert services.rules.adopt().value
        assert columns(notebook) == (70, 50, 10, 9, "Département de l’Essai", "")
        after = services.rules.get()
        assert (after.thresholds, after.heading) == (before.thresholds, before.heading)
        assert not services.rules.undecided()
        again = services.rules.adopt()
        assert not again.value
        assert again.changes.ids == frozenset()
        entries = services.history.of_record("notebook", after.notebook_id)
        assert len(entries) == 2
        other = built(mask_below=3, on_track=99, organisation="Ailleurs")
        assert other.rules.get() == after, "two computers agree"
        assert integrity.check(notebook) == []

    def test_a_territory_keeps_heading(self, built: Built, notebook: Notebook) -> None:
        services = built(organisation=HEADER)
        values = {"name": "Programme", "territory": ISERE}
        services.directory.save_programme(SaveRecord(None, values))
        services.rules.adopt()
        assert columns(notebook)[4] is None
        assert services.rules.get().heading == ISERE

    def test_takes_the_computers_logo(
        self, built: Built, notebook: Notebook, tmp_path: Path
    ) -> None:
        path = image(tmp_path / "logo.png")
        services = built(logo=str(path))
        shown = services.rules.logo().content
        services.rules.adopt()
        path.unlink()
        assert built(logo="").rules.logo().content == shown

    def test_leaves_a_logo_out_of_reach_for_another_time(
        self, built: Built, notebook: Notebook, tmp_path: Path
    ) -> None:
        services = built(logo=str(tmp_path / "absent.png"))
        services.rules.adopt()
        assert columns(notebook)[5] is None
        assert "est introuvable" in services.rules.logo().lack

    def test_changes_no_state_and_no_document(self, built: Built, notebook: Notebook) -> None:
        services = built(mask_below=9, watch=10)
        seed = Seed(notebook)
        before = services.documents.experiment_document(seed.experiment)
        services.rules.adopt()
        after = services.documents.experiment_document(seed.experiment)
        assert (before.thresholds, before.sheet) == (after.thresholds, after.sheet)
        assert before.header.organisation == after.header.organisation


class TestNewNotebooks:
    def test_start_with_the_computers_rules(self, tmp_path: Path, device: DeviceIdentity) -> None:
        settings = Settings(tmp_path / "settings.json", judged({"watch": 60}, "policy"))
        settings.set("mask_below", 7)
        settings.set("logo", str(image(tmp_path / "logo.png")))
        first = first_rules(settings, " Département de l’Isère ")
        with create_notebook(tmp_path / "a.carnet", "A", device, (), first) as notebook:
            found = columns(notebook)
            assert found[:5] == (80, 60, 10, 7, "Département de l’Isère")
            assert build_services(notebook, Settings(tmp_path / "x.json")).rules.logo().content
            assert not build_services(notebook, settings).rules.undecided()
            with notebook.glance() as reader:
                entries = reader.rows("SELECT op FROM journal WHERE entity = 'notebook'")
            assert entries == [("insert",)], "one entry says all it began with"

    def test_leave_the_header_to_the_territory(
        self, tmp_path: Path, device: DeviceIdentity
    ) -> None:
        settings = Settings(tmp_path / "settings.json")
        settings.set("organisation", HEADER)
        with create_notebook(
            tmp_path / "isere.carnet", "Isère", device, (), first_rules(settings)
        ) as notebook:
            services = build_services(notebook, settings)
            values = {"name": "Programme", "territory": ISERE}
            services.directory.save_programme(SaveRecord(None, values))
            document = services.documents.workbook_document()
            assert (document.header.organisation, document.header.territory) == (ISERE, ISERE)

    def test_a_fixed_header_is_the_notebooks(self, tmp_path: Path) -> None:
        settings = Settings(tmp_path / "s.json", judged({"organisation": "Fixée"}, "policy"))
        assert first_rules(settings, "autre").organisation == "Fixée"

    def test_without_rules_are_as_in_0_2(self, notebook: Notebook) -> None:
        assert columns(notebook) == (None,) * 6

    def test_the_demonstration_owes_nothing_to_a_computer(self, tmp_path: Path) -> None:
        write_demo(tmp_path / "demo.carnet")
        reader = DeviceIdentity(id="", label="", agent="")
        with open_notebook(tmp_path / "demo.carnet", reader, read_only=True) as demo:
            settings = Settings(tmp_path / "s.json")
            settings.set("mask_below", 3)
            settings.set("organisation", HEADER)
            rules = build_services(demo, settings).rules.get()
            assert rules.thresholds == Thresholds()
            assert rules.heading == "Val d’Oise (95)"

    def test_a_header_too_long_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UserError, match="120"):
            first_rules(Settings(tmp_path / "s.json"), "x" * 121)


class TestLogo:
    @pytest.fixture
    def kept(self, built: Built, tmp_path: Path) -> NotebookServices:
        services = built()
        services.rules.set_logo(image(tmp_path / "logo.png", (3000, 500)))
        return services

    def test_is_kept_small_and_bare(
        self, kept: NotebookServices, notebook: Notebook, tmp_path: Path
    ) -> None:
        content = kept.rules.logo().content
        with Image.open(io.BytesIO(content)) as shown:
            assert (shown.format, shown.size) == ("PNG", (600, 100))
            assert shown.info.keys() <= {"dpi"}
        assert columns(notebook)[5] == hashlib.sha256(content).hexdigest()
        (tmp_path / "logo.png").unlink()
        assert kept.documents.workbook_document().header.logo == content
        assert integrity.check(notebook) == []

    def test_keeps_nothing_of_where_it_was_taken(self, built: Built, tmp_path: Path) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6  # turned a quarter
        exif[0x010E] = "Chez Camille Renard"
        exif.get_ifd(0x8825)[1] = "N"
        path = image(tmp_path / "photo.jpg", (300, 100), exif=exif)
        assert b"Camille" in path.read_bytes()
        services = built()
        services.rules.set_logo(path)
        content = services.rules.logo().content
        assert b"Camille" not in content
        with Image.open(io.BytesIO(content)) as shown:
            assert shown.size == (67, 200), "upright"
            assert len(shown.getexif()) == 0

    def test_is_removed_whatever_the_computer_says(
        self, kept: NotebookServices, built: Built, tmp_path: Path
    ) -> None:
        removed = kept.rules.remove_logo()
        services = built(logo=str(image(tmp_path / "poste.png")))
        assert services.rules.logo().content == b""
        assert services.rules.get().origins["logo"] is Origin.NOTEBOOK
        services.history.undo(removed.hlc)
        assert services.rules.logo().content

    def test_of_the_policy_wins(self, kept: NotebookServices, built: Built, tmp_path: Path) -> None:
        path = image(tmp_path / "fixe.png", (50, 50))
        services = built({"logo": str(path)})
        with Image.open(io.BytesIO(services.rules.logo().content)) as shown:
            assert shown.size == (50, 50)
        with pytest.raises(UserError, match="fixé par votre organisation"):
            services.rules.set_logo(path)
        with pytest.raises(UserError, match="fixé par votre organisation"):
            services.rules.remove_logo()
        assert built({"logo": ""}).rules.logo().content == b""

    def test_lost_from_the_file_is_said(self, kept: NotebookServices, notebook: Notebook) -> None:
        store(notebook, logo_sha256="0" * 64)
        logo = kept.rules.logo()
        assert logo.content == b""
        assert "manque ou y est abîmé" in logo.lack
        assert kept.documents.workbook_document().header.lacking == logo.lack

    @pytest.mark.parametrize(
        ("name", "data", "words"),
        [
            ("absent.png", None, "est introuvable"),
            ("texte.png", b"bonjour", "n’est pas une image"),
            ("vide.png", b"", "n’est pas une image"),
            ("coupe.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "n’est pas une image"),
            ("anime.gif", b"GIF89a\x01\x00\x01\x00\x80\x00\x00", "n’est pas une image"),
            ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "n’est pas une image"),
        ],
    )
    def test_refuses_what_is_no_image(
        self, built: Built, notebook: Notebook, tmp_path: Path, name: str, data: bytes | None,
        words: str,
    ) -> None:  # fmt: skip
        if data is not None:
            (tmp_path / name).write_bytes(data)
        with pytest.raises(UserError, match=words) as refusal:
            built().rules.set_logo(tmp_path / name)
        assert str(refusal.value).endswith("Choisissez-en un autre.")
        assert columns(notebook)[5] is None

    def test_refuses_what_is_immense(
        self, built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = image(tmp_path / "logo.png")
        monkeypatch.setattr(logos, "MOST_PIXELS", 1000)
        with pytest.raises(UserError, match="n’est pas une image"):
            built().rules.set_logo(path)
        monkeypatch.setattr(logos, "LARGEST_FILE", 100)
        with pytest.raises(UserError, match="pèse plus que la limite"):
            built().rules.set_logo(path)

    def test_a_folder_is_no_logo(self, built: Built, tmp_path: Path) -> None:
        with pytest.raises(UserError, match="introuvable"):
            built().rules.set_logo(tmp_path)


def test_first_rules_are_plain_data() -> None:
    assert FirstRules({}) == FirstRules({}, "", b"")
