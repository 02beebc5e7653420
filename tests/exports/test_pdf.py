"""The two documents: valid PDF/UA-1, read back in order, deterministic, whole or absent."""

import io
from dataclasses import replace
from pathlib import Path

import page
import pikepdf
import pytest
from document_factory import (
    attachment,
    empty_experiment_document,
    empty_visit_document,
    experiment_document,
    finding,
    findings,
    follow_ups,
    header,
    jpeg,
    measures,
    sites,
    visit,
    visit_document,
)
from pdf_reading import bare, structure, written
from PIL import Image

from desktop_app.errors import UserError
from desktop_app.exports.pdf import write_experiment, write_visit
from desktop_app.services.documents.scope_words import visit_sentence
from desktop_app.services.results.rows import Thresholds
from desktop_app.services.vocabulary import VisitState

MENTION = "Visite d’observation – ne constitue pas un contrôle"


def page_count(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


CASES = {
    "experiment": (write_experiment, experiment_document),
    "empty experiment": (write_experiment, empty_experiment_document),
    "visit": (write_visit, visit_document),
    "empty visit": (write_visit, empty_visit_document),
}


@pytest.mark.parametrize("case", CASES)
def test_every_document_is_pdf_ua(case, tmp_path):
    writer, make = CASES[case]
    report = page.validate_pdf(written(writer, make(), tmp_path), profile="ua1")
    assert [(f.rule_id, f.message) for f in report.failures] == []
    assert report.is_compliant


@pytest.mark.parametrize("case", CASES)
def test_every_font_is_embedded_and_the_document_names_itself(case, tmp_path):
    writer, make = CASES[case]
    with pikepdf.open(written(writer, make(), tmp_path)) as pdf:
        assert str(pdf.Root.Lang) == "fr-FR"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.MarkInfo.Marked
        title = str(pdf.docinfo["/Title"])
        assert title.startswith(("Synthèse d’expérimentation", "Compte rendu de visite"))
        assert title in pdf.Root.Metadata.read_bytes().decode()
        for sheet in pdf.pages:
            for font in sheet.Resources.Font.values():
                assert "/FontFile2" in font.FontDescriptor
                assert "<0000>" not in font.ToUnicode.read_bytes().decode()


def test_the_same_rows_give_the_same_bytes(tmp_path):
    first = written(write_experiment, experiment_document(), tmp_path, "a.pdf")
    second = written(write_experiment, experiment_document(), tmp_path, "b.pdf")
    assert first.read_bytes() == second.read_bytes()


def test_a_typical_synthesis_holds_in_seven_pages(tmp_path):
    assert page_count(written(write_experiment, experiment_document(), tmp_path)) <= 7


def test_the_synthesis_reads_in_order(tmp_path):
    tree = structure(written(write_experiment, experiment_document(), tmp_path))
    assert [node.words.strip() for node in tree.all("H1")] == ["Duo for a job"]
    assert [node.words.strip() for node in tree.all("H2")] == [
        "Où en sont les indicateurs",
        "Contexte et besoin",
        "1. Améliorations des conditions de vie",
        "2. Bénéfices sociaux et environnementaux",
        "3. Viabilité",
        "4. Évolutions et réajustements",
        "Actions",
        "Sites et visites",
        "Méthode et limites",
        "Annexe – Fiches indicateurs",
        "Annexe – Autres constats",
        "Annexe – Glossaire et calculs",
    ]
    text = tree.words
    assert "jeunes en emploi" in text.lower()
    assert "IC\u00a095\u202f%\u00a0:\u00a038–66\u202f%" in text
    assert "Effet positif" in text
    assert "«\u00a0J’ose téléphoner maintenant. Avant, je raccrochais.\u00a0»" in text


def test_a_results_table_has_headers_rows_and_bars_with_words(tmp_path):
    tree = structure(written(write_experiment, experiment_document(), tmp_path))
    table = next(table for table in tree.all("Table") if "Indicateur" in table.words)
    heads = [cell.words.strip() for cell in table.kids[0].kids]
    assert heads == ["Indicateur", "T0", "Actuel", "Cible", "Trajectoire", "Chemin", "État"]
    assert all(cell.scope == "Column" for cell in table.kids[0].kids)
    group, row = table.kids[1], table.kids[2]
    assert group.kids[0].span == 7
    assert row.kids[0].scope == "Row"
    assert "À surveiller" in row.words
    bar = next(row.all("Figure"))
    assert bar.alt.startswith("Jeunes en emploi")
    assert bar.has_box
    for table in tree.all("Table"):
        widths = {sum(cell.span for cell in row.kids) for row in table.kids}
        assert len(widths) == 1


def test_the_visit_report_says_what_it_is(tmp_path):
    tree = structure(written(write_visit, visit_document(), tmp_path))
    text = tree.words
    assert MENTION in text
    assert "V-2021-0042-K7 · Validée" in text
    assert "de 13:30 à 16:00" in text
    assert "Non observé" in text
    assert "Attendues à cette date et non relevées\u00a0: D3 Délai moyen" in text
    assert "Compte rendu validé par A. Martin" in text
    assert any("3 – Plutôt satisfaisant" in node.alt for node in tree.all("Figure"))
    row = next(r for r in tree.all("TR") if "Non précisé" in r.words)
    assert "masqué" in row.words
    assert "33" not in row.words
    assert "n\u00a0=\u00a03" not in text


def test_thresholds_are_those_of_the_notebook(tmp_path):
    thresholds = Thresholds(min_n_percentage=0, mask_below=0)
    said = header(scope=visit_sentence(VisitState.VALIDATED, thresholds))
    document = visit_document(header=said, thresholds=thresholds, hidden=frozenset())
    text = structure(written(write_visit, document, tmp_path)).words
    assert "petits effectifs non masqués" in text
    assert "masqué" not in text.replace("non masqués", "")
    assert "75\u202f%" in text


def test_fictitious_data_are_marked_on_every_page(tmp_path):
    real = experiment_document(header=header(illustrative=False))
    for document, expected in ((experiment_document(), True), (real, False)):
        path = written(write_experiment, document, tmp_path)
        with pikepdf.open(path) as pdf:
            count = sum(
                any(
                    str(operator) == "BMC" and str(operands[0]) == "/Artifact"
                    for operands, operator in pikepdf.parse_content_stream(sheet)
                )
                for sheet in pdf.pages
            )
            assert count == len(pdf.pages)
        assert ("Données fictives\u00a0: ce document" in structure(path).words) is expected
        assert all(("Données fictives" in text) is expected for text in page_texts(path))


def page_texts(path: Path) -> list[str]:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    texts = [sheet.get_textpage().get_text_bounded() for sheet in pdf]
    pdf.close()
    return texts


def test_pages_are_numbered(tmp_path):
    texts = page_texts(written(write_experiment, experiment_document(), tmp_path))
    for number, text in enumerate(texts, start=1):
        assert f"{number} / {len(texts)}" in text


def test_empty_documents_say_that_nothing_is_there(tmp_path):
    text = structure(written(write_experiment, empty_experiment_document(), tmp_path)).words
    assert "aucune mesure ne permet encore de conclure" in text
    assert text.count("Aucun indicateur ni constat") == 4
    text = structure(written(write_visit, empty_visit_document(), tmp_path)).words
    assert "Aucune mesure n’a été relevée" in text
    assert "Brouillon\u00a0: cette visite n’est pas validée" in text


def test_a_planned_visit_says_so(tmp_path):
    document = visit_document(visit=replace(visit(), state=VisitState.PLANNED))
    text = structure(written(write_visit, document, tmp_path)).words
    assert "elle n’a pas encore eu lieu" in text


EVIL = "<b>gras</b> & <para>&#65; \x00\x1b[31m\u200b\u202e 😀 {x} %s 'ok' : l'été ?"


def test_what_people_wrote_is_never_markup(tmp_path):
    document = visit_document(
        visit=replace(visit(), notes=EVIL, participants=EVIL, site_name=EVIL),
        findings=(finding(1, EVIL, audience=EVIL),),
        follow_ups=tuple(replace(row, what=EVIL, who=EVIL) for row in follow_ups()),
        measures=tuple(replace(line, comment=EVIL, label=EVIL) for line in measures()),
    )
    path = written(write_visit, document, tmp_path)
    text = structure(path).words
    assert "l’été\u202f?" in text
    assert "<b>gras</b>&<para>&#65;[31m?{x}%s" in bare(text)
    assert page.validate_pdf(path, profile="ua1").is_compliant


LONG = {
    "words": "une visite, avec des mots ; " * 3570,
    "one word": "x" * 100_000,
    "lines": "a\n" * 2_000,
}


@pytest.mark.parametrize("kind", LONG)
def test_a_long_text_is_laid_out_whole(kind, tmp_path):
    text = LONG[kind]
    document = visit_document(
        visit=replace(visit(), notes=text, participants=text),
        measures=tuple(replace(line, comment=text) for line in measures()[:1]),
        findings=(finding(1, text, audience=text),),
        follow_ups=(replace(follow_ups()[0], what=text, who=text),),
        photos=((replace(attachment(1), caption=text), jpeg(60, 40)),),
    )
    path = written(write_visit, document, tmp_path)
    read = bare(structure(path).words)
    unit = {"words": "avecdesmots", "one word": "x", "lines": "a"}[kind]
    expected = text.replace(" ", "").count(unit)
    assert read.count(unit) >= 7 * expected
    assert page.validate_pdf(path, profile="ua1").is_compliant


def test_a_long_framework_is_laid_out(tmp_path):
    text = "Un libellé sans fin, répété ; " * 1000
    document = experiment_document()
    objective = document.sheet.objectives[0]
    result = objective.results[0]
    long = replace(
        result,
        indicator=replace(result.indicator, label=text, unit=text, limits=text, definition=text),
    )
    changed = replace(objective, objective=replace(objective.objective, statement=text),
                      results=(long, long))  # fmt: skip
    document = replace(
        document,
        sheet=replace(document.sheet, objectives=(changed,)),
        sites=tuple(replace(row, name=text, commune=text) for row in sites()),
    )
    assert page_count(written(write_experiment, document, tmp_path)) > 20


def test_two_hundred_findings_are_all_there(tmp_path):
    many = tuple(finding(number, f"Constat numéro {number}.") for number in range(200))
    for writer, document in (
        (write_visit, visit_document(findings=many)),
        (write_experiment, experiment_document(findings=many)),
    ):
        text = structure(written(writer, document, tmp_path)).words
        assert all(f"Constat numéro {number}." in text for number in range(200))


def test_a_hundred_photos_keep_their_captions(tmp_path):
    image = jpeg(400, 300)
    photos = tuple((attachment(number), image) for number in range(100))
    tree = structure(written(write_visit, visit_document(photos=photos), tmp_path))
    shown = [node for node in tree.all("Figure") if node.alt.startswith("Photo")]
    assert len(shown) == 100
    assert all(node.has_box for node in shown)


def test_a_photo_that_cannot_be_shown_is_said_to_be_so(tmp_path):
    photos = ((attachment(1), b""), (attachment(2), b"%PDF-1.7 pas une photo"))
    tree = structure(written(write_visit, visit_document(photos=photos), tmp_path))
    assert tree.words.count("image manquante ou illisible") == 2


def test_photos_leave_without_metadata(tmp_path):
    exif = Image.Exif()
    exif[0x013B] = "Camille Renard"
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "#888888").save(out, "JPEG", exif=exif)
    photos = ((attachment(1), out.getvalue()),)
    path = written(write_visit, visit_document(photos=photos), tmp_path)
    with pikepdf.open(path) as pdf:
        images = [image for sheet in pdf.pages for image in sheet.get_images()]
        assert len(images) == 1
        assert b"Camille" not in path.read_bytes()


def test_a_logo_is_drawn_and_a_lost_one_is_not_missed(tmp_path):
    logo = io.BytesIO()
    Image.new("RGBA", (120, 60), "#0e5f5f").save(logo, "PNG")
    for source, count in ((logo.getvalue(), 1), (b"perdu", 0)):
        document = visit_document(header=replace(header(), logo=source), photos=())
        path = written(write_visit, document, tmp_path)
        with pikepdf.open(path) as pdf:
            assert len(list(pdf.pages[0].get_images())) == count
        assert page.validate_pdf(path, profile="ua1").is_compliant


def test_cancelling_leaves_the_previous_file(tmp_path):
    path = tmp_path / "document.pdf"
    path.write_bytes(b"ancien")
    steps = write_visit(visit_document(), path)
    for _ in range(20):
        next(steps)
    steps.close()
    assert path.read_bytes() == b"ancien"
    assert list(tmp_path.iterdir()) == [path]


def test_an_impossible_place_gets_a_sentence(tmp_path):
    with pytest.raises(UserError, match="n’existe pas"):
        list(write_visit(visit_document(), tmp_path / "absent" / "a.pdf"))


def test_findings_not_told_in_a_section_are_in_the_annex(tmp_path):
    text = bare(structure(written(write_experiment, experiment_document(), tmp_path)).words)
    for row in findings():
        assert text.count(bare(row.text)) == 1
