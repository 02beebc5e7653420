from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.views.runtime.temporary import TemporaryFolder


def test_what_is_shown_goes_with_its_folder():
    folder = TemporaryFolder()
    path = folder.write("pièce.pdf", b"%PDF")
    assert path.read_bytes() == b"%PDF"
    folder.clean()
    assert not path.parent.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
def test_a_full_disk_is_told():
    folder = TemporaryFolder()
    (folder.path() / "pièce.pdf").symlink_to("/dev/full")
    with pytest.raises(UserError, match=r"pièce\.pdf.*disque plein"):
        folder.write("pièce.pdf", b"%PDF")
    assert list(folder.path().iterdir()) == []
    folder.clean()
