"""``carnet-impact demo``: writes the demonstration notebook."""

import argparse
import sys

from desktop_app import french
from desktop_app.errors import UserError

MAX_SCALE = 5000


def run(options: argparse.Namespace) -> None:
    """Raises UserError when the file exists or the scale is out of bounds."""
    from desktop_app.services.demo import write_demo

    if not 1 <= options.scale <= MAX_SCALE:
        raise UserError(f"L’échelle va de 1 à {french.number(MAX_SCALE)}.")
    write_demo(options.notebook, scale=options.scale, seed=options.seed)
    sys.stdout.write(f"Carnet de démonstration (données fictives)\u00a0: {options.notebook}\n")
