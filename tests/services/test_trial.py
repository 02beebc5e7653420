"""Steps that fail, and those that depend on them."""

import pytest

from desktop_app.services.notebook.trial import StepError, Trial, require


@pytest.fixture
def logged() -> list[Exception]:
    return []


@pytest.fixture
def trial(logged: list[Exception]) -> Trial:
    return Trial(logged.append)


def fail(error: Exception) -> None:
    raise error


def test_a_step_that_fails_keeps_those_that_need_it_from_running(
    trial: Trial, logged: list[Exception]
) -> None:
    trial.run("first", lambda: "fait")
    trial.run("second", lambda: fail(OSError(5, "panne")), ("first",))
    trial.run("third", lambda: "jamais", ("first", "second"))
    trial.run("fourth", lambda: None, ("first",))
    assert not trial.ok
    assert [(step.name, step.ok) for step in trial.steps] == [
        ("first", True), ("second", False), ("third", False), ("fourth", True),
    ]  # fmt: skip
    assert trial.steps[0].detail == "fait"
    assert trial.steps[1].detail == "OSError: [Errno 5] panne"
    assert "dépend de «\u00a0second\u00a0»" in trial.steps[2].detail
    assert [type(error) for error in logged] == [OSError]


def test_what_is_required_says_itself(trial: Trial) -> None:
    with pytest.raises(StepError):
        require(False, "valeur relue\u00a0: 3")
    trial.run("value", lambda: require(0, "valeur relue\u00a0: 3"))
    (told,) = trial.told()
    told.pop("ms")
    assert told == {"name": "value", "ok": False, "detail": "valeur relue\u00a0: 3"}


def test_a_long_message_is_one_short_line(trial: Trial) -> None:
    trial.run("long", lambda: fail(ValueError("une ligne\nune autre\n" + "x" * 1000)))
    assert trial.steps[0].detail.startswith("ValueError: une ligne une autre x")
    assert len(trial.steps[0].detail) <= 400


def test_a_verdict_holds_no_folder(trial: Trial) -> None:
    trial.run("linux", lambda: fail(FileNotFoundError(2, "absent", "/home/untel/prog/t.json")))
    trial.run("windows", lambda: fail(OSError("lu de C:\\Users\\untel\\t.json")))
    trial.run("name", lambda: fail(OSError("lu de C:\\Users\\Madame Untel\\Mes essais\\t 2.json")))
    trial.run("two", lambda: fail(OSError("«\u00a0/a b/c.carnet\u00a0», «\u00a0/d e/f.pdf\u00a0»")))
    assert [step.detail for step in trial.steps] == [
        "FileNotFoundError: [Errno 2] absent: 't.json'",
        "OSError: lu de t.json",
        "OSError: lu de t 2.json",
        "OSError: «\u00a0c.carnet\u00a0», «\u00a0f.pdf\u00a0»",
    ]
