"""Device rows and the references they mint: V-2021-0042-K7QM."""

import datetime as dt
from itertools import count

from sqlalchemy import Integer, cast, func, select

from desktop_app.models.notebook import Device
from desktop_app.models.visit import Visit
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.unit_of_work import UnitOfWork

_LETTERS = "ABCDEFGHJKLMNPRSTVWXYZ"  # no I, O, Q, U: misread for 1, 0, 0, V
_SYMBOLS = _LETTERS + "23456789"


def suffix(device_id: str, attempt: int = 0) -> str:
    """Four characters drawn from the device's id: laptops that never met get different ones.

    Two characters would make 20 laptops collide in one notebook out of four; four, once in 3000.
    """
    import hashlib

    digest = int.from_bytes(hashlib.sha256(f"{device_id}/{attempt}".encode()).digest()[:8])
    digest, first = divmod(digest, len(_LETTERS))
    text = _LETTERS[first]
    for _ in range(3):
        digest, at = divmod(digest, len(_SYMBOLS))
        text += _SYMBOLS[at]
    return text


def register(uow: UnitOfWork, identity: DeviceIdentity) -> Device:
    """The device's row, made at its first write here, its names kept up to date."""
    device = uow.session.get(Device, identity.id)
    if device is None:
        taken = set(uow.session.scalars(select(Device.suffix)))
        free = next(text for n in count() if (text := suffix(identity.id, n)) not in taken)
        device = uow.add(Device(id=identity.id, suffix=free))
    device.label = identity.label
    device.agent = identity.agent
    uow.flush()
    return device


def next_visit_reference(uow: UnitOfWork, day: dt.date) -> str:
    """A reference no other visit has, here or on a laptop that is away.

    Counted per device and per year of the visit, deleted visits included.
    """
    device = uow.session.get_one(Device, uow.device.id)
    start = f"V-{day.year:04d}-"
    end = f"-{device.suffix}"
    number = func.substr(
        Visit.reference, len(start) + 1, func.length(Visit.reference) - len(start) - len(end)
    )
    highest = uow.session.scalar(
        select(func.max(cast(number, Integer))).where(
            Visit.reference >= start,
            Visit.reference < f"V-{day.year:04d}.",
            func.substr(Visit.reference, -len(end)) == end,
        )
    )
    return f"{start}{(highest or 0) + 1:04d}{end}"
