"""The colours, read from one file by the style sheet, the charts and the documents.

``tally_*``: the segments of the bar that counts where indicators stand (exports/charts_tally.py)
and the line around what is without data; each stands out of ``surface`` as much in dark as in
light.
"""

import json
from functools import cache

from desktop_app.system.paths import resource

LIGHT = "light"
DARK = "dark"


@cache
def tokens(scheme: str = LIGHT) -> dict[str, str]:
    """Colour names to ``#RRGGBB`` for « light » or « dark ». Raises KeyError for another scheme."""
    loaded = json.loads(resource("theme", "tokens.json").read_text(encoding="utf-8"))
    return {str(name): str(colour) for name, colour in loaded[scheme].items()}
