"""``demo`` and ``show``: the demonstration, the agreed JSON, the French text."""

import json
from pathlib import Path

import pytest
from command_line import COUNTED, Run, misused, refused
from sqlalchemy import select

from desktop_app.models.notebook import Notebook as NotebookRecord
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


TALLY = {"reached", "progress", "unchanged", "decline", "no_data", "masked", "total"}
STATES = {
    "reached", "on_track", "watch", "late", "decline", "missed", "no_data", "unjudged", "answered",
    None,
}  # fmt: skip


def test_show_json_has_the_agreed_shape(run: Run, demo: Path) -> None:
    said = run("show", demo, "--json")
    assert (said.status, said.err) == (0, "")
    assert said.out.count("\n") == 1
    shown = json.loads(said.out)
    assert set(shown) == {
        "path", "title", "illustrative", "schema_version", "state", "today", "counts", "scope",
        "drafts", "thresholds", "experiments",
    }  # fmt: skip
    assert set(shown["counts"]) == COUNTED
    assert shown["today"] == "2021-06-14"
    assert set(shown["thresholds"]) == {"on_track", "watch", "min_n_percentage", "mask_below"}
    assert {row["code"] for row in shown["experiments"]} == {
        "AND", "ARB", "SOL", "DUO", "ETR", "JEX",
    }  # fmt: skip
    experiment = shown["experiments"][0]
    assert set(experiment) == {
        "code", "title", "enterprise", "cohort", "phase", "ended", "tally", "levels",
        "qualitative", "stale", "stale_since", "visits", "sites", "observations", "indicators",
    }  # fmt: skip
    assert set(experiment["tally"]) == TALLY
    assert list(experiment["levels"]) == ["output", "outcome", "impact", "viability"]
    indicator = experiment["indicators"][0]
    assert set(indicator) == {
        "level", "code", "label", "unit", "value_type", "calculation", "direction", "n_counts",
        "exhaustive", "target", "target_date", "actual", "reading", "actual_date", "n", "interval",
        "no_interval", "attainment", "expected", "state", "state_text", "movement", "masked",
        "stale_since", "sites", "known_sites", "yes_sites", "measures", "waves", "series",
        "calculation_text", "same_sites", "reserves", "baseline", "baseline_agreed",
        "baseline_measured", "baseline_measured_n", "baseline_measured_on", "baseline_to_measure",
        "baseline_differs", "attainment_agreed", "attainment_measured", "answers", "history",
    }  # fmt: skip
    states = {row["state"] for one in shown["experiments"] for row in one["indicators"]}
    assert states <= STATES


def test_show_counts_what_its_indicators_say(run: Run, demo: Path) -> None:
    """No average: a tally is its indicators, level by level; those in words are apart."""
    for experiment in json.loads(run("show", demo, "--json").out)["experiments"]:
        tallies = experiment["levels"]
        for level, tally in tallies.items():
            counted = [
                row for row in experiment["indicators"]
                if row["level"] == level and row["calculation"] != "none"
            ]  # fmt: skip
            assert tally["total"] == len(counted)
            for movement in ("reached", "progress", "unchanged", "decline", "no_data"):
                assert tally[movement] == sum(row["movement"] == movement for row in counted)
            assert tally["masked"] == sum(row["masked"] for row in counted)
        for key in TALLY:
            assert experiment["tally"][key] == sum(tally[key] for tally in tallies.values())
        words = len(experiment["indicators"]) - experiment["tally"]["total"]
        assert experiment["qualitative"] == words


def test_show_says_nothing_of_few_people(run: Run, demo: Path, device: DeviceIdentity) -> None:
    """The highest threshold there is: most figures of people are withheld."""
    with Notebook.open(demo, device) as notebook, notebook.write() as uow:
        (record,) = uow.session.scalars(select(NotebookRecord))
        record.mask_below = 50
    said = run("show", demo, "--json")
    shown = json.loads(said.out)
    assert shown["thresholds"]["mask_below"] == 50
    masked = [row for one in shown["experiments"] for row in one["indicators"] if row["masked"]]
    assert len(masked) > 10
    for row in masked:
        told = (
            "actual", "n", "interval", "attainment", "expected", "state", "stale_since",
            "baseline_measured", "baseline_measured_n", "attainment_agreed", "attainment_measured",
            "yes_sites",
        )  # fmt: skip
        assert [row[key] for key in told] == [None] * len(told)
        assert (row["reading"], row["state_text"], row["movement"]) == (
            "masqué", "masqué", "no_data",
        )  # fmt: skip
        assert (row["same_sites"], list(row["reserves"])) == ("", ["masked"])
    text = run("show", demo).out
    assert text.count("Repose sur trop peu de personnes") == len(masked)


def test_percentages_of_few_people_are_shown_in_words(
    run: Run, demo: Path, device: DeviceIdentity
) -> None:
    with Notebook.open(demo, device) as notebook, notebook.write() as uow:
        (record,) = uow.session.scalars(select(NotebookRecord))
        record.mask_below, record.min_n_percentage = 0, 100
    shown = json.loads(run("show", demo, "--json").out)
    rows = [row for one in shown["experiments"] for row in one["indicators"]
            if row["value_type"] == "percentage" and row["n"] and row["n"] < 100]  # fmt: skip
    assert len(rows) > 2
    for row in rows:
        assert (row["actual"], row["interval"]) == (None, None)
        assert row["reading"].endswith(f" sur {row['n']}")
        assert "%" not in row["same_sites"]
        if row["baseline_measured_n"] and row["baseline_measured_n"] < 100:
            assert row["baseline_measured"] is None
    lines = run("show", demo).out.splitlines()
    told = [line for line in lines if any(f" {row['code']} " in line for row in rows)]
    assert len(told) == len(rows)
    assert all(" sur " in line.partition("(")[0] for line in told)


def test_drafts_are_out_unless_asked_for(run: Run, demo: Path) -> None:
    usual, validated, every = (
        json.loads(run("show", demo, "--json", *options).out)
        for options in ([], ["--validated"], ["--drafts"])
    )
    assert usual == validated
    assert (usual["drafts"], every["drafts"]) == (False, True)
    visits = [sum(one["visits"] for one in shown["experiments"]) for shown in (usual, every)]
    assert visits[0] < visits[1]
    assert "visites validées seulement" in usual["scope"]
    assert "brouillon" in every["scope"]
    misused(run("show", demo, "--drafts", "--validated"), "ne va pas avec")


def test_show_speaks_french(run: Run, demo: Path) -> None:
    said = run("show", demo)
    assert said.status == 0
    for words in (
        "6 expérimentations", " indicateurs", " sites", " visites", " mesures", " constats",
        " actions", " pièces jointes", " écritures de journal", "En retard", "cible", "Périmètre",
        "Viabilité", "atteinte", "en progrès", "du chemin",
    ):  # fmt: skip
        assert words in said.out
    codes = ("measurement", "follow_up", "no_data", "None", "unjudged", "— —")
    assert not any(code in said.out for code in codes)


def test_show_reads_beside_an_open_window(run: Run, demo: Path, device: DeviceIdentity) -> None:
    with Notebook.open(demo, device):
        assert run("show", demo, "--json").status == 0
