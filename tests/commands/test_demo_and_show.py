"""``demo`` and ``show``: the demonstration, the agreed JSON, the French text."""

import json
from pathlib import Path

import pytest
from command_line import COUNTED, Run, refused

from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook


def test_demo_writes_a_notebook_that_says_it_is_one(run: Run, tmp_path: Path) -> None:
    said = run("demo", tmp_path / "d.carnet", "--seed", 7)
    assert (said.status, said.err) == (0, "")
    assert "données fictives" in said.out
    shown = json.loads(run("show", tmp_path / "d.carnet", "--json").out)
    assert shown["illustrative"] is True
    assert shown["state"] == "illustrative"


def test_demo_scale_multiplies(run: Run, tmp_path: Path) -> None:
    assert run("demo", tmp_path / "d.carnet", "--scale", 3).status == 0
    counts = json.loads(run("show", tmp_path / "d.carnet", "--json").out)["counts"]
    assert counts["visit"] > 150
    assert counts["experiment"] == 6


@pytest.mark.parametrize("scale", [0, -1, 1_000_000])
def test_demo_refuses_a_scale_out_of_bounds(run: Run, tmp_path: Path, scale: int) -> None:
    refused(run("demo", tmp_path / "d.carnet", "--scale", scale), "L’échelle va de 1 à")
    assert not (tmp_path / "d.carnet").exists()


def test_demo_never_replaces_a_file(run: Run, demo: Path) -> None:
    before = demo.read_bytes()
    refused(run("demo", demo), "existe déjà")
    assert demo.read_bytes() == before


def test_demo_needs_an_existing_folder(run: Run, tmp_path: Path) -> None:
    refused(run("demo", tmp_path / "nulle-part" / "d.carnet"), "nulle-part", "n’existe pas")


def test_show_json_has_the_agreed_shape(run: Run, demo: Path) -> None:
    said = run("show", demo, "--json")
    assert (said.status, said.err) == (0, "")
    assert said.out.count("\n") == 1
    shown = json.loads(said.out)
    assert set(shown) == {
        "path", "title", "illustrative", "schema_version", "state", "today", "counts",
        "experiments",
    }  # fmt: skip
    assert set(shown["counts"]) == COUNTED
    assert shown["today"] == "2021-06-14"
    assert {row["code"] for row in shown["experiments"]} == {
        "AND", "ARB", "SOL", "DUO", "ETR", "JEX",
    }  # fmt: skip
    experiment = shown["experiments"][0]
    assert set(experiment) == {
        "code", "title", "enterprise", "cohort", "phase", "attainment", "expected", "state",
        "visits", "sites", "observations", "indicators",
    }  # fmt: skip
    indicator = experiment["indicators"][0]
    assert set(indicator) == {
        "code", "label", "unit", "value_type", "baseline", "actual", "actual_date", "target", "n",
        "interval", "attainment", "state", "hidden_reason",
    }  # fmt: skip
    assert indicator["state"] in {"reached", "on_track", "watch", "late", "no_data"}


def test_show_speaks_french(run: Run, demo: Path) -> None:
    said = run("show", demo)
    assert said.status == 0
    for words in (
        "6 expérimentations", " indicateurs", " sites", " visites", " mesures", " constats",
        " actions", " pièces jointes", " écritures de journal", "En retard", "cible",
    ):  # fmt: skip
        assert words in said.out
    assert not any(code in said.out for code in ("measurement", "follow_up", "no_data", "None"))


def test_show_reads_beside_an_open_window(run: Run, demo: Path, device: DeviceIdentity) -> None:
    with Notebook.open(demo, device):
        assert run("show", demo, "--json").status == 0
