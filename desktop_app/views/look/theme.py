"""The look: a palette and a style sheet made from the tokens and the size of the text.

No state is kept here: a widget that paints itself asks ``current_tokens()``, which reads the
scheme back from the application's palette, and repaints on ``QEvent.PaletteChange``.
"""

import re

from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.system.paths import resource
from desktop_app.system.tokens import DARK, LIGHT, tokens

FAMILY = "Source Sans Pro"
BODY = 15  # px at 100 %
OUR_STYLE = ("-style", "Fusion")
"""Arguments of the application: asking for its style later makes all that PySide knows of styles,
hundreds of enumerators, 8 ms before the first painting."""

_STYLED = "inOurStyle"
_COLOUR = re.compile(r"@(\w+)")
_LENGTH = re.compile(r"\b(\d+)dp\b")


def load_fonts() -> None:
    """Registers the three weights the window uses. Offscreen Qt has no font of its own."""
    from importlib.util import find_spec
    from pathlib import Path

    spec = find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        return
    folder = Path(spec.origin).parent / "files"
    for weight in ("Regular", "Semibold", "Bold"):
        QFontDatabase.addApplicationFont(str(folder / f"SourceSansPro-{weight}.ttf"))


def in_our_style(app: QApplication) -> QApplication:
    """Notes that it was made with ``OUR_STYLE``."""
    app.setProperty(_STYLED, True)
    return app


def scheme_for(theme: str) -> str:
    """« light » or « dark » for the setting « system », « light » or « dark »."""
    if theme in {LIGHT, DARK}:
        return theme
    return DARK if QGuiApplication.styleHints().colorScheme().name == "Dark" else LIGHT


def first_scheme(theme: str) -> str:
    """The same, guessed from the palette the system gave.

    Asking for the scheme itself makes Qt's whole namespace of enumerations: 9 ms before the first
    painting. It is asked just after.
    """
    return theme if theme in {LIGHT, DARK} else current_scheme()


def apply_theme(app: QApplication, theme: str = "system", text_scale: int = 100) -> None:
    """Sets style, palette, font and style sheet at once. ``text_scale`` in percent, 100 to 200."""
    scheme = scheme_for(theme)
    colours = tokens(scheme)
    scale = text_scale / 100
    if not app.property(_STYLED) and app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    font = QFont(FAMILY)
    font.setPixelSize(round(BODY * scale))
    app.setPalette(palette(colours))
    app.setStyleSheet(style_sheet(colours, scale))
    app.setFont(font)  # last: a new style takes the fonts of the desktop, GTK's for each widget


def style_sheet(colours: dict[str, str], scale: float) -> str:
    """The template with ``@name`` replaced by the colour and ``12dp`` by a scaled pixel length."""
    template = resource("theme", "style.qss").read_text(encoding="utf-8")
    icons = resource("icons").as_posix()
    sized = _LENGTH.sub(lambda found: f"{round(int(found[1]) * scale)}px", template)
    suffix = DARK if colours == tokens(DARK) else LIGHT
    return (
        _COLOUR.sub(lambda found: colours[found[1]], sized)
        .replace("$icons", icons)
        .replace("$scheme", suffix)
    )


def palette(colours: dict[str, str]) -> QPalette:
    roles = QPalette.ColorRole
    made = QPalette()
    for role, name in (
        (roles.Window, "background"),
        (roles.WindowText, "ink"),
        (roles.Base, "surface"),
        (roles.AlternateBase, "header"),
        (roles.Text, "ink"),
        (roles.Button, "surface"),
        (roles.ButtonText, "ink"),
        (roles.ToolTipBase, "surface"),
        (roles.ToolTipText, "ink"),
        (roles.Highlight, "accent"),
        (roles.HighlightedText, "on_accent"),
        (roles.PlaceholderText, "muted"),
        (roles.Link, "accent_text"),
        (roles.LinkVisited, "accent_text"),
        (roles.Accent, "accent"),
        (roles.Mid, "line"),
        (roles.Dark, "muted"),
        (roles.Light, "surface"),
    ):
        made.setColor(role, QColor(colours[name]))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours["muted"]))
    return made


def current_scheme() -> str:
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if window.lightness() < 128 else LIGHT


def current_tokens() -> dict[str, str]:
    """The colours in force, for widgets that paint themselves."""
    return tokens(current_scheme())


def current_scale() -> float:
    """The size of the text in force, 1.0 to 2.0."""
    return max(0.5, QGuiApplication.font().pixelSize() / BODY)


def dp(length: float) -> int:
    """A length in pixels that grows with the text."""
    return round(length * current_scale())


def small_font(font: QFont) -> QFont:
    """The same, for secondary text."""
    made = QFont(font)
    made.setPixelSize(dp(13))
    return made


def repolish(widget: QWidget) -> None:
    """Applies the style sheet again after a dynamic property changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
