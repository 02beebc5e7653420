"""The workbook as the parts of its package: what a strict reader would refuse."""

import posixpath
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from test_excel import written

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
SHEET_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "autoFilter",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "tableParts",
)  # fmt: skip
Parts = dict[str, etree._Element]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    path: Path = tmp_path_factory.mktemp("parts") / "classeur.xlsx"
    written(path)
    with zipfile.ZipFile(path) as package:
        assert len(set(package.namelist())) == len(package.namelist())
        return {name: etree.fromstring(package.read(name)) for name in package.namelist()}


def sheets(parts: Parts) -> list[etree._Element]:
    return [tree for name, tree in parts.items() if name.startswith("xl/worksheets/sheet")]


def test_every_part_has_a_type_and_every_relation_a_target(parts: Parts) -> None:
    types = parts["[Content_Types].xml"]
    named = {str(item.get("PartName")).lstrip("/") for item in types.iter(f"{TYPES}Override")}
    endings = {str(item.get("Extension")) for item in types.iter(f"{TYPES}Default")}
    for name in parts:
        assert name in named or name.rpartition(".")[2] in endings
    assert named <= set(parts)
    for name, tree in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for relation in tree.iter(f"{RELATIONS}Relationship"):
            target = str(relation.get("Target"))
            whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            assert whole in parts


def test_rows_and_cells_stand_in_order_with_known_styles(parts: Parts) -> None:
    formats = parts["xl/styles.xml"].find(f"{MAIN}cellXfs")
    assert formats is not None
    for sheet in sheets(parts):
        rows = [int(str(row.get("r"))) for row in sheet.iter(f"{MAIN}row")]
        assert rows == list(range(1, len(rows) + 1))
        for row in sheet.iter(f"{MAIN}row"):
            places = [str(cell.get("r")) for cell in row]
            columns = [place.rstrip("0123456789") for place in places]
            assert places == [f"{column}{row.get('r')}" for column in columns]
            assert columns == sorted(set(columns), key=lambda column: (len(column), column))
            assert all(int(cell.get("s", "0")) < len(formats) for cell in row)


def test_the_parts_of_a_sheet_come_in_the_schema_s_order(parts: Parts) -> None:
    for sheet in sheets(parts):
        names = [etree.QName(child).localname for child in sheet]
        assert names == sorted(names, key=SHEET_ORDER.index)


def test_tables_cover_their_sheet_with_columns_of_their_own(parts: Parts) -> None:
    tables = [tree for name, tree in parts.items() if name.startswith("xl/tables/")]
    assert len(tables) == len(sheets(parts)) - 1  # « Lisez-moi » is no table
    assert len({table.get("id") for table in tables}) == len(tables)
    for table in tables:
        columns = [str(column.get("name")) for column in table.iter(f"{MAIN}tableColumn")]
        assert len(set(map(str.casefold, columns))) == len(columns)
        filtered = table.find(f"{MAIN}autoFilter")
        assert filtered is not None
        assert filtered.get("ref") == table.get("ref")
