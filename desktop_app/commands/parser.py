"""What can be typed. Wrong usage is said in French and ends with status 2."""

import argparse
import sys
from pathlib import Path
from typing import NoReturn

import desktop_app
from desktop_app.commands import demo, export, keep, show

_FRENCH = {
    "the following arguments are required": "il manque",
    "unrecognized arguments": "arguments inconnus",
    "invalid choice": "choix inconnu",
    "choose from": "choisir parmi",
    "expected one argument": "une valeur est attendue",
    "invalid int value": "un nombre entier est attendu, pas",
    "argument": "argument",
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        for english, french in _FRENCH.items():
            message = message.replace(english, french)
        sys.stderr.write(f"{self.prog}\u00a0: {message}\n{self._usage()}")
        raise SystemExit(2)

    def _usage(self) -> str:
        return self.format_usage().replace("usage:", "Usage\u00a0:")


def parse(argv: list[str]) -> argparse.Namespace:
    """The options, with ``run`` the command to call on them. Exits 0 on --help, 2 on misuse."""
    parser = _Parser(
        prog="carnet-impact",
        description="Carnet d’impact : visites, mesures et synthèses des expérimentations. "
        "Sans commande, ouvre la fenêtre sur le carnet donné ou sur le dernier.",
        epilog="Sans commande : carnet-impact [CARNET]",
    )
    parser.add_argument("--version", action="version", version=desktop_app.__version__)
    commands = parser.add_subparsers(metavar="COMMANDE", required=True)

    add = commands.add_parser("demo", help="écrit un carnet de démonstration (données fictives)")
    add.add_argument("notebook", metavar="CARNET", type=Path)
    add.add_argument("--scale", metavar="N", type=int, default=1, help="multiplie les visites")
    add.add_argument("--seed", metavar="S", type=int, default=2021, help="graine du hasard")
    add.set_defaults(run=demo.run)

    add = commands.add_parser("show", help="résume un carnet et ses résultats")
    add.add_argument("notebook", metavar="CARNET", type=Path)
    add.add_argument("--json", action="store_true", help="un objet JSON")
    add.set_defaults(run=show.run)

    _add_export(commands)

    add = commands.add_parser("check", help="vérifie l’intégrité d’un carnet")
    add.add_argument("notebook", metavar="CARNET", type=Path)
    add.add_argument("--json", action="store_true", help="un objet JSON")
    add.set_defaults(run=keep.run_check)

    add = commands.add_parser("backup", help="copie un carnet, entier et vérifié")
    add.add_argument("notebook", metavar="CARNET", type=Path)
    add.add_argument("-o", "--output", metavar="FICHIER", type=Path, required=True)
    add.set_defaults(run=keep.run_backup)

    add = commands.add_parser("restore", help="rétablit un carnet depuis une sauvegarde")
    add.add_argument("backup", metavar="SAUVEGARDE", type=Path)
    add.add_argument("-o", "--output", metavar="CARNET", type=Path, required=True)
    add.set_defaults(run=keep.run_restore)
    return parser.parse_args(argv)


def _add_export(commands: "argparse._SubParsersAction[_Parser]") -> None:
    kinds = commands.add_parser("export", help="écrit un classeur ou un PDF").add_subparsers(
        metavar="FORMAT", required=True
    )
    excel = kinds.add_parser("excel", help="le classeur pour une direction métier")
    pdf = kinds.add_parser("pdf", help="un document PDF")
    for add in (excel, pdf):
        add.add_argument("notebook", metavar="CARNET", type=Path)
        add.add_argument("-o", "--output", metavar="FICHIER", type=Path, required=True)
        add.add_argument("--experiment", metavar="CODE")
        add.add_argument("--from", dest="since", metavar="JOUR", help="jj/mm/aaaa")
        add.add_argument("--to", dest="until", metavar="JOUR", help="jj/mm/aaaa")
    excel.add_argument("--cohort", metavar="N", type=int)
    excel.add_argument("--directorate", metavar="CODE")
    excel.set_defaults(run=export.run_excel)
    pdf.add_argument("--document", choices=("visit", "experiment"), required=True)
    pdf.add_argument("--visit", metavar="REF", help="référence de la visite")
    pdf.set_defaults(run=export.run_pdf)
