"""What Paramètres says at its top when the organisation's policy could not be followed whole."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop_app.config.policy import Policy
from desktop_app.french import plural
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.text import strong, text

HEAD = (
    "Ce que votre organisation a fixé sur ce poste n’est pas entièrement suivi. Transmettez ceci "
    "à votre service informatique."
)


class PolicyNotice(QFrame):
    """One line a refusal, each to be copied."""

    def __init__(self, policy: Policy) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.setProperty("tone", "warn")
        self.setAccessibleName(HEAD)
        self.setAccessibleDescription(" ".join(policy.refusals))
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(12), dp(8), dp(12), dp(8))
        column.setSpacing(dp(4))
        column.addWidget(strong(HEAD))
        for refusal in policy.refusals:
            line = text(refusal)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(line)


def subtitle(policy: Policy) -> str:
    """How many settings the organisation fixes; '' when it fixes none."""
    if not policy.values:
        return ""
    fixed = plural(len(policy.values), "réglage fixé", "réglages fixés")
    return f"{fixed} par votre organisation"
