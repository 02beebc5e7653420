"""What can be typed. Wrong usage is said in French and ends with status 2."""

import argparse
import sys
from pathlib import Path
from typing import Any, NoReturn

import desktop_app
from desktop_app.commands import COMMANDS, demo, export, maintenance, settings, show

PROGRAM = "carnet-impact"
_FRENCH = {
    "the following arguments are required": "il manque",
    "unrecognized arguments": "arguments inconnus",
    "invalid choice": "choix inconnu",
    "choose from": "choisir parmi",
    "expected one argument": "une valeur est attendue",
    "invalid int value": "un nombre entier est attendu, pas",
    "ignored explicit argument": "valeur de trop",
    "not allowed with argument": "ne va pas avec",
    ": ": "\u00a0: ",
}


class _Help(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "Usage\u00a0: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, allow_abbrev=False, formatter_class=_Help)
        self._positionals.title = "À donner"
        self._optionals.title = "Options"
        self.add_argument("-h", "--help", action="help", help="affiche cette aide")

    def error(self, message: str) -> NoReturn:
        for english, french in _FRENCH.items():
            message = message.replace(english, french)
        sys.stderr.write(f"{self.prog}\u00a0: {message}\n{self.format_usage()}")
        raise SystemExit(2)


def parse(argv: list[str]) -> argparse.Namespace:
    """The options, with ``run`` the command to call on them. Exits 0 on --help, 2 on misuse."""
    parser = _Parser(
        prog=PROGRAM,
        description="Carnet d’impact\u00a0: visites, mesures et synthèses des expérimentations. "
        "Sans commande, ouvre la fenêtre sur le carnet donné ou sur le dernier.",
        epilog=f"Sans commande\u00a0: {PROGRAM} [CARNET]",
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"{PROGRAM} {desktop_app.__version__}",
        help="affiche la version",
    )
    parser.add_argument(
        "--self-test",
        metavar="FICHIER",
        type=Path,
        help="essaie tout le programme et écrit le verdict (JSON)",
    )
    alone = any(argument.startswith("--self-test") for argument in argv[:1])
    commands = parser.add_subparsers(metavar="COMMANDE", required=not alone, title="Commandes")
    _add_demo(commands)
    _add_reading(commands)
    _add_export(commands)
    _add_copies(commands)
    _add_settings(commands)
    options = parser.parse_args(argv)
    if alone:
        if hasattr(options, "run"):
            parser.error("--self-test se demande seul, sans autre commande")
        from desktop_app.commands.self_test import command as self_test

        options.run = self_test.run
    if getattr(options, "document", None) == "visit" and not options.visit:
        options.parser.error("un compte rendu se demande avec --visit et la référence de la visite")
    if getattr(options, "document", None) == "experiment" and not options.experiment:
        options.parser.error(
            "une synthèse se demande avec --experiment et le code de l’expérimentation"
        )
    return options


def misuse(argv: list[str]) -> NoReturn:
    """Says that this is neither a command nor a notebook to open. Exits 2."""
    what = f"«\u00a0{argv[0]}\u00a0» n’est pas une commande ({', '.join(COMMANDS)})"
    sys.stderr.write(f"{PROGRAM}\u00a0: {what}\nUsage\u00a0: {PROGRAM} [CARNET | COMMANDE …]\n")
    raise SystemExit(2)


Commands = argparse._SubParsersAction  # noqa: SLF001  (argparse names it nowhere else)


def _add_demo(commands: "Commands[_Parser]") -> None:
    add = commands.add_parser("demo", help="écrit un carnet de démonstration (données fictives)")
    _add_notebook(add)
    add.add_argument("--scale", metavar="N", type=int, default=1, help="multiplie les visites")
    add.add_argument("--seed", metavar="S", type=int, default=2021, help="graine du hasard")
    add.set_defaults(run=demo.run)


def _add_reading(commands: "Commands[_Parser]") -> None:
    for name, run, words in (
        ("show", show.run, "résume un carnet et ses résultats"),
        ("check", maintenance.run_check, "vérifie l’intégrité d’un carnet"),
    ):
        add = commands.add_parser(name, help=words)
        _add_notebook(add)
        add.add_argument("--json", action="store_true", help="un objet JSON")
        if run is show.run:
            _add_drafts(add)
        add.set_defaults(run=run)


def _add_copies(commands: "Commands[_Parser]") -> None:
    add = commands.add_parser("backup", help="copie un carnet, entier et vérifié")
    _add_notebook(add)
    _add_output(add, "FICHIER")
    add.set_defaults(run=maintenance.run_backup)

    add = commands.add_parser("restore", help="rétablit un carnet depuis une sauvegarde")
    add.add_argument("backup", metavar="SAUVEGARDE", type=Path)
    _add_output(add, "CARNET")
    add.set_defaults(run=maintenance.run_restore)


def _add_settings(commands: "Commands[_Parser]") -> None:
    add = commands.add_parser("settings", help="dit les réglages de ce poste et leur origine")
    add.add_argument("--json", action="store_true", help="un objet JSON")
    add.set_defaults(run=settings.run)


def _add_export(commands: "Commands[_Parser]") -> None:
    kinds = commands.add_parser("export", help="écrit un classeur ou un PDF").add_subparsers(
        metavar="FORMAT", required=True, title="Formats"
    )
    excel = kinds.add_parser("excel", help="le classeur pour une direction métier")
    pdf = kinds.add_parser("pdf", help="un document PDF")
    for add in (excel, pdf):
        _add_notebook(add)
        _add_output(add, "FICHIER")
        add.add_argument("--experiment", metavar="CODE", help="une seule expérimentation")
        add.add_argument("--from", dest="since", metavar="JOUR", help="jj/mm/aaaa")
        add.add_argument("--to", dest="until", metavar="JOUR", help="jj/mm/aaaa")
        _add_drafts(add)
    excel.add_argument("--cohort", metavar="N", type=int, help="une seule promotion")
    excel.add_argument("--directorate", metavar="CODE", help="une seule direction métier")
    excel.set_defaults(run=export.run_excel)
    pdf.add_argument(
        "--document",
        choices=("visit", "experiment"),
        required=True,
        help="visit\u00a0: compte rendu\u00a0; experiment\u00a0: synthèse",
    )
    pdf.add_argument("--visit", metavar="REF", help="référence de la visite")
    pdf.set_defaults(run=export.run_pdf, parser=pdf)


def _add_notebook(add: argparse.ArgumentParser) -> None:
    add.add_argument("notebook", metavar="CARNET", type=Path, help="un fichier .carnet")


def _add_drafts(add: argparse.ArgumentParser) -> None:
    """``--validated`` is the rule, and was an option once: still taken."""
    choice = add.add_mutually_exclusive_group()
    choice.add_argument("--drafts", action="store_true", help="visites en brouillon comprises")
    choice.add_argument(
        "--validated", action="store_true", help="visites validées seulement (c’est la règle)"
    )


def _add_output(add: argparse.ArgumentParser, metavar: str) -> None:
    add.add_argument(
        "-o", "--output", metavar=metavar, type=Path, required=True, help="où l’écrire"
    )
