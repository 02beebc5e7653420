"""Fixtures every room shares: a real notebook on a temporary file."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook

# Offscreen unless a platform was chosen: a test opens no window on anybody's screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def device() -> DeviceIdentity:
    return DeviceIdentity(
        id="5d3f0c52-6a1e-4b0c-9a55-3d2f8a4b7c10",
        label="Portable de la Mission innovation",
        agent="Camille Renard",
    )


@pytest.fixture
def notebook(tmp_path: Path, device: DeviceIdentity) -> Iterator[Notebook]:
    with Notebook.create(tmp_path / "essai.carnet", title="Carnet d’essai", device=device) as made:
        yield made
