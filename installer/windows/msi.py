"""The per-machine package: wixl compiles it, msitools complete it.

Its texts are in the code page of Western Europe: Windows Installer's UTF-8 has known faults.
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid5

from installer.common import BuildError, epoch, file_hash, reproducible_environment, run, tree_hash
from installer.policy.msi import policy_properties
from installer.windows import complete, in_use, places, tables, wxs

LANGUAGE = 1036
CODE_PAGE = 1252
MANUFACTURER_ASCII = "Equipe Carnet d'impact"


def build(payload: Path, version: str, output: Path, work: Path) -> Path:
    """Makes ``output``. Two builds of the same payload give the same bytes."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    output.parent.mkdir(parents=True, exist_ok=True)
    product = wxs.Product(payload, version, policy_properties())
    source = work / "product.wxs"
    source.write_bytes(_in_code_page(wxs.source(product)))
    shutil.copy(places.ICONS / "app.ico", work / wxs.ICON)
    asked = in_use.build(version, work)
    (work / "payload").symlink_to(payload.absolute())  # wixl wants it relative
    command = ["wixl", "-a", "x64", "-D", "Win64=yes", "-D", "Payload=payload", "-o", "product.msi"]
    run([*command, source.name], cwd=work, env=reproducible_environment())
    package = work / "product.msi"
    complete.complete(package, product.settings, work)
    code = uuid5(wxs.UPGRADE_CODE, f"{tree_hash(payload)} {file_hash(source)} {file_hash(asked)}")
    tables.write(package, "_SummaryInformation", _summary(wxs.braced(code)), work)
    tables.set_code_page(package, CODE_PAGE, work)
    output.unlink(missing_ok=True)
    package.replace(output)
    (work / "payload").unlink()
    return output


def _in_code_page(document: bytes) -> bytes:
    """The document as it is; raises BuildError for a letter that the package cannot hold."""
    try:
        document.decode("utf-8").encode(f"cp{CODE_PAGE}")
    except UnicodeEncodeError as error:
        raise BuildError(f"the .msi cannot hold {error.object[error.start]!r}") from error
    return document


def _summary(package_code: str) -> tables.Table:
    """What the file's properties show. In ASCII: msitools would write UTF-8 under another name."""
    moment = datetime.fromtimestamp(epoch(), UTC).strftime("%Y/%m/%d %H:%M:%S")
    values = {
        1: str(CODE_PAGE),
        2: "Installation Database",
        3: places.FOLDER,
        4: MANUFACTURER_ASCII,
        5: "Installer",
        7: f"x64;{LANGUAGE}",
        9: package_code,
        12: moment,
        13: moment,
        14: "500",
        15: "2",
        18: "msitools",
        19: "2",
    }
    head = "PropertyId\tValue\ni2\tl255\n_SummaryInformation\tPropertyId\n"
    return tables.Table(head + "".join(f"{key}\t{value}\n" for key, value in values.items()))
