"""The colours, read from one file by the style sheet, the charts and the documents."""

import json
from functools import cache

from desktop_app.config.paths import resource

LIGHT = "light"
DARK = "dark"


@cache
def tokens(scheme: str = LIGHT) -> dict[str, str]:
    """Colour names to ``#RRGGBB`` for « light » or « dark ». Raises KeyError for another scheme."""
    loaded = json.loads(resource("theme", "tokens.json").read_text(encoding="utf-8"))
    return {str(name): str(colour) for name, colour in loaded[scheme].items()}
