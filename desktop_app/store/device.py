"""Who is writing: the laptop and the person."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.config.settings import Settings


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """``id`` is this installation's UUID; ``agent`` signs what is written (journal author)."""

    id: str
    label: str
    agent: str


def device_of(settings: "Settings") -> DeviceIdentity:
    """The laptop and the person that the settings name."""
    return DeviceIdentity(
        settings.device_id(), settings.text("device_label"), settings.text("agent")
    )
