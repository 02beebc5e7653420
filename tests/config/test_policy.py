"""The organisation's policy: read from a real file, held to the declarations, never in the way."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.config.declared import BY_KEY, DECLARED, Kind, can_be_fixed
from desktop_app.config.policy import NONE, Policy, judged, machine_policy
from desktop_app.config.policy_file import read_file
from desktop_app.config.values import MisfitError, checked, coded_lines, fits


def read(path: Path, text: str, mode: int = 0o644) -> Policy:
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return read_file(path, os.getuid())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "policy.toml"


class TestFile:
    def test_none_when_there_is_no_file(self, file: Path) -> None:
        assert read_file(file) is NONE
        assert read_file(file / "below") is NONE

    def test_values_and_their_source(self, file: Path) -> None:
        policy = read(
            file,
            'organisation = "Département « été »"\nmask_below = 11\n'
            'directorates = ["AUT — Autonomie", "EFS - Enfance"]\n',
        )
        assert policy.source == str(file)
        assert policy.refusals == ()
        assert policy.values == {
            "organisation": "Département « été »",
            "mask_below": 11,
            "directorates": ("AUT — Autonomie", "EFS — Enfance"),
        }

    def test_a_byte_order_mark_is_not_a_mistake(self, file: Path) -> None:
        file.write_bytes(b"\xef\xbb\xbfmask_below = 7\r\n")
        assert read_file(file, os.getuid()).values == {"mask_below": 7}

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("mask_below = ", "TOML"),
            ('organisation = "a\nb"', "ligne 1"),
            ("a = [" * 2000, "TOML"),
            ("inconnu = 1", "« inconnu »"),
            ('device_id = "x"', "« device_id »"),
            ("[documents]\nmask_below = 5", "« documents »"),
            ("mask_below = 51", "de 0 à 50"),
            (f"mask_below = {'9' * 5000}", "vérifiez les nombres"),
            (f"mask_below = 0x{'f' * 5000}", "de 0 à 50"),
            ("mask_below = 5.0", "de 0 à 50"),
            ("mask_below = true", "de 0 à 50"),
            ('theme = "rose"', "system, light, dark"),
            ("agent = 3", "un texte"),
            ('agent = "a\\nb"', "une seule ligne"),
            ('agent = "\\u0000"', "une seule ligne"),
            ('agent = ""', "ne peut pas être vide"),
            ('device_label = "  "', "ne peut pas être vide"),
            ('device_label = ""', "ne peut pas être vide"),
            ('logo = "logo.png"', "chemin complet"),
            ('logo = "/srv/$ABSENTE/logo.png"', "« $ABSENTE » n’est pas définie"),
            ('logo = "/srv/%USERNAME%/logo.png"', "« %USERNAME% » n’est pas définie"),
            ('directorates = "AUT"', "CODE — Nom"),
            ('directorates = ["AUT — A", "aut — B"]', "deux fois"),
            ("directorates = [1]", "un texte"),
            ("on_track = 40\nwatch = 40", "plus que 40"),
        ],
    )
    def test_a_refusal_names_the_file_and_leaves_the_setting_free(
        self, file: Path, text: str, words: str
    ) -> None:
        policy = read(file, text)
        assert policy.values == {}
        (sentence,) = policy.refusals
        assert str(file) in sentence
        assert words in sentence.replace("\u00a0", " ")
        assert sentence.endswith(".")

    def test_an_empty_path_or_list_fixes_none(self, file: Path) -> None:
        policy = read(
            file, 'logo = ""\nnotebook_folder = " "\ndirectorates = []\norganisation = ""'
        )
        assert policy.refusals == ()
        assert policy.values == {
            "logo": "",
            "notebook_folder": "",
            "directorates": (),
            "organisation": "",
        }

    def test_what_is_right_beside_what_is_refused_holds(self, file: Path) -> None:
        policy = read(file, 'agent = 3\nmask_below = 9\ninconnu = "x"')
        assert policy.values == {"mask_below": 9}
        assert len(policy.refusals) == 2

    def test_not_in_utf_8(self, file: Path) -> None:
        file.write_bytes('agent = "été"'.encode("cp1252"))
        (sentence,) = read_file(file, os.getuid()).refusals
        assert "UTF-8" in sentence

    @pytest.mark.parametrize("mode", [0o666, 0o664, 0o646])
    def test_one_that_others_could_write_is_not_followed(self, file: Path, mode: int) -> None:
        policy = read(file, "mask_below = 9", mode)
        assert policy.values == {}
        assert "chmod 644" in policy.refusals[0]

    def test_one_of_another_owner_is_not_followed(self, file: Path) -> None:
        file.write_text("mask_below = 9", encoding="utf-8")
        policy = read_file(file, os.getuid() + 1)
        assert policy.values == {}
        assert "chown root" in policy.refusals[0]

    def test_a_folder_or_a_pipe_in_its_place(self, file: Path) -> None:
        file.mkdir()
        assert "n’est pas un fichier" in read_file(file, os.getuid()).refusals[0]
        pipe = file.with_name("pipe")
        os.mkfifo(pipe)
        assert "n’est pas un fichier" in read_file(pipe, os.getuid()).refusals[0]

    def test_one_that_cannot_be_read(self, file: Path) -> None:
        loop = file.with_name("loop")
        loop.symlink_to(loop)
        policy = read_file(loop, os.getuid())
        assert policy.values == {}
        assert "ne peut pas être lu" in policy.refusals[0]

    @pytest.mark.parametrize("written", ["~/Carnets", "$HOME/Carnets", "${HOME}/Carnets"])
    def test_one_policy_serves_every_user(
        self, file: Path, written: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for home in ("/home/camille", "/home/andré"):
            monkeypatch.setenv("HOME", home)
            assert read(file, f'notebook_folder = "{written}"').values == {
                "notebook_folder": f"{home}/Carnets"
            }

    def test_a_share_keeps_its_dollar(self, file: Path) -> None:
        assert read(file, 'logo = "/srv/partage$/logo.png"').values == {
            "logo": "/srv/partage$/logo.png"
        }

    @given(st.binary(max_size=300))
    def test_no_content_keeps_anyone_from_starting(
        self, tmp_path_factory: pytest.TempPathFactory, content: bytes
    ) -> None:
        path = tmp_path_factory.getbasetemp() / "any.toml"
        path.write_bytes(content)
        policy = read_file(path, os.getuid())
        assert all(fits(BY_KEY[key], value) for key, value in policy.values.items())


def test_this_machine_s_policy_is_read_without_failing() -> None:
    assert isinstance(machine_policy(), Policy)


@given(
    st.dictionaries(
        st.sampled_from([setting.key for setting in DECLARED]) | st.text(max_size=8),
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(max_size=20)
        | st.lists(st.text(max_size=12)),
    )
)
def test_only_what_a_person_could_choose_is_ever_fixed(raw: dict[str, object]) -> None:
    policy = judged(raw, "source")
    for key, value in policy.values.items():
        assert can_be_fixed(BY_KEY[key])
        assert checked(BY_KEY[key], value) == value
    told = {key for key in raw if any(f"\u00a0{key}\u00a0" in line for line in policy.refusals)}
    assert raw.keys() - policy.values.keys() <= told


def test_every_kind_but_the_program_s_own_memory_can_be_fixed() -> None:
    kept = {setting.kind for setting in DECLARED if not can_be_fixed(setting)}
    assert kept == {Kind.STATE}


def test_the_defaults_are_values_that_could_be_chosen() -> None:
    for setting in DECLARED:
        assert fits(setting, setting.default), setting.key


@pytest.mark.parametrize(
    ("line", "pair"),
    [
        ("AUT — Autonomie (PA-PH)", ("AUT", "Autonomie (PA-PH)")),
        ("AUT – Autonomie", ("AUT", "Autonomie")),
        ("AUT - Autonomie", ("AUT", "Autonomie")),
        ("AUT\tAutonomie", ("AUT", "Autonomie")),
        ("  A-1—Éducation — collèges  ", ("A-1", "Éducation — collèges")),
    ],
)
def test_a_line_is_a_code_and_a_name(line: str, pair: tuple[str, str]) -> None:
    assert coded_lines(["", line, "  "]) == (pair,)


@pytest.mark.parametrize(
    "line", ["AUT", "— Autonomie", "AUT —", "AUT-Autonomie", f"{'A' * 21} — Autonomie"]
)
def test_another_line_is_refused_with_itself_in_the_sentence(line: str) -> None:
    with pytest.raises(MisfitError, match="CODE — Nom") as refused:
        coded_lines([line])
    assert line[:20] in str(refused.value)


@given(st.lists(st.text(max_size=30)))
def test_lines_once_accepted_are_accepted_again(lines: list[str]) -> None:
    setting = BY_KEY["directorates"]
    try:
        kept = checked(setting, lines)
    except MisfitError:
        return
    assert checked(setting, kept) == kept
