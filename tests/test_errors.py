import errno

from desktop_app.errors import reason


def test_the_systems_reasons_are_given_in_french():
    assert reason(PermissionError(errno.EACCES, "Permission denied")) == "accès refusé"
    assert reason(OSError(errno.ENOSPC, "No space left on device")) == "disque plein"


def test_an_unknown_reason_keeps_its_code_for_who_repairs():
    assert reason(OSError(errno.EXDEV, "Invalid cross-device link")) == "erreur EXDEV du système"
    assert reason(OSError("odd")) == "erreur 0 du système"
