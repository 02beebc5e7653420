"""The check finds what was changed behind the program's back."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from store_samples import Sample

from desktop_app.models.site import Site
from desktop_app.models.visit import Finding, Measurement, Visit
from desktop_app.store import integrity
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook


def found(path: Path, device: DeviceIdentity) -> list[tuple[str, str]]:
    with Notebook.open(path, device) as notebook:
        return integrity.check(notebook)


def test_a_notebook_in_use_is_whole(notebook: Notebook, sample: Sample) -> None:
    with notebook.write() as uow:
        uow.session.get_one(Visit, sample.visit).notes = "Autre chose, l’œil vif"
        uow.delete(uow.session.get_one(Finding, sample.finding))
        uow.session.get_one(Measurement, sample.measurement).comment = ""
    with notebook.write() as uow:
        uow.session.get_one(Finding, sample.finding).deleted = False
        uow.bulk_insert(Site, [{"name": f"Site {n}"} for n in range(1200)])
    assert integrity.check(notebook) == []


@pytest.mark.parametrize(
    ("sql", "areas", "words"),
    [
        ("UPDATE visit SET headcount = 3", {"journal"}, "headcount"),
        ("UPDATE visit SET start_time = '13:31:00.000000'", {"journal"}, "start_time"),
        ("UPDATE visit SET start_time = '13:30'", {"journal"}, "start_time"),
        ("UPDATE visit SET start_time = 'midi'", {"journal"}, "start_time"),
        ("UPDATE visit SET validated_at = '2021-06-09X15:00:00'", {"journal"}, "validated_at"),
        ("UPDATE visit SET validated_at = 3", {"journal"}, "validated_at"),
        ("UPDATE indicator SET categories = 'x' WHERE code = 'SCALE'", {"journal"}, "categories"),
        ("UPDATE visit SET remote = 1", {"journal"}, "remote"),
        ("UPDATE indicator SET categories = '[]' WHERE code = 'NUMBER'", {"journal"}, "categories"),
        ("UPDATE visit SET notes = 'x'", {"journal", "search"}, "notes"),
        ("DELETE FROM finding", {"journal", "search"}, "n’a plus"),
        ("DELETE FROM journal WHERE seq = 5", {"journal"}, "manque"),
        ("DELETE FROM journal WHERE entity = 'finding'", {"journal"}, "ne connaît pas le constat"),
        ("UPDATE journal SET op = 'update' WHERE entity = 'visit'", {"journal"}, "modifié"),
        ("UPDATE journal SET changes = '{' WHERE entity = 'visit'", {"journal"}, "modifié"),
        ("UPDATE journal SET changes = '[]' WHERE entity = 'visit'", {"journal"}, "modifié"),
        ("UPDATE journal SET entity = 'chose' WHERE entity = 'site'", {"journal"}, "inconnu"),
        ("UPDATE journal SET seq = seq + 1000 WHERE seq > 9", {"journal"}, "manque"),
        ("UPDATE journal SET hlc = '1-1-x' WHERE seq = 9", {"journal"}, "horodatage"),
        ("UPDATE journal SET device = 'intrus'", {"journal"}, "poste inconnu"),
        ("UPDATE visit SET site_id = 'x'", {"foreign_keys", "journal"}, "renvoie"),
        ("DELETE FROM attachment_content", {"attachments"}, "seance.jpg"),
        ("UPDATE attachment_content SET content = 'x'", {"attachments"}, "endommagé"),
        ("UPDATE attachment SET size = 1", {"attachments", "journal"}, "taille"),
        ("UPDATE search_document SET body = 'x'", {"search"}, "texte exact"),
        ("DELETE FROM search_document WHERE entity = 'site'", {"search"}, "texte exact"),
        ("UPDATE search_document SET entity = 'chose' WHERE entity = 'site'", {"search"}, "sans"),
        ("DELETE FROM search_index_data WHERE id > 10", {"search", "file"}, "index"),
    ],
)
def test_each_kind_of_tampering(
    closed: Path,
    device: DeviceIdentity,
    tamper: Callable[..., None],
    sql: str,
    areas: set[str],
    words: str,
) -> None:
    tamper(closed, sql)
    problems = found(closed, device)
    assert {area for area, _ in problems} <= areas
    assert problems
    assert words in " ".join(message for _, message in problems)


def test_words_taken_out_of_the_index_alone(closed: Path, device: DeviceIdentity) -> None:
    with closing(sqlite3.connect(closed)) as connection:
        row = connection.execute("SELECT id, title, body FROM search_document LIMIT 1").fetchone()
        connection.execute(
            "INSERT INTO search_index(search_index, rowid, title, body) VALUES ('delete', ?, ?, ?)",
            row,
        )
        connection.commit()
    assert [area for area, _ in found(closed, device)] == ["search"]


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("DROP TRIGGER journal_no_update", "Il manque « journal_no_update »"),
        ("CREATE TABLE extra (a)", "« extra » n’appartient pas"),
        ("DROP INDEX ix_visit_list_date", "Il manque « ix_visit_list_date »"),
        ("ALTER TABLE visit ADD COLUMN extra", "« visit » a été modifiée"),
        ("DROP TABLE search_index", "Il manque « search_index »"),
    ],
)
def test_a_changed_schema(closed: Path, device: DeviceIdentity, sql: str, words: str) -> None:
    with closing(sqlite3.connect(closed)) as connection:
        connection.execute(sql)
    messages = [message.replace("\xa0", " ") for _, message in found(closed, device)]
    assert any(words in message for message in messages), messages


def test_many_problems_are_counted_not_listed(
    notebook: Notebook, device: DeviceIdentity, tamper: Callable[..., None]
) -> None:
    with notebook.write() as uow:
        uow.bulk_insert(Site, [{"name": f"Site {n}"} for n in range(50)])
    notebook.close()
    tamper(notebook.path, "UPDATE site SET type = 'ime'")
    problems = found(notebook.path, device)
    assert len(problems) == 21
    assert problems[-1][1] == "… et 30 autres problèmes de même nature."


def test_the_check_works_on_a_read_only_notebook(closed: Path, device: DeviceIdentity) -> None:
    with Notebook.open(closed, device, read_only=True) as notebook:
        assert integrity.check(notebook) == []


def test_the_check_works_beside_a_writer(
    notebook: Notebook, sample: Sample, device: DeviceIdentity
) -> None:
    with Notebook.open(notebook.path, device, read_only=True) as reader, notebook.write() as uow:
        uow.add(Site(name="pas encore enregistré"))
        uow.flush()
        assert integrity.check(reader) == []
