"""Who is writing: the laptop and the person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """``id`` is this installation's UUID; ``agent`` signs what is written (journal author)."""

    id: str
    label: str
    agent: str
