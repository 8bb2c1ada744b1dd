"""An overlay cites the lines behind its advice; a citation whose line has changed stops the catalog."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from codegen import paths
from codegen.catalog import citations
from codegen.catalog.decide import Aside
from codegen.catalog.manual_claims import problem as problem_of_claim
from codegen.documents.claims import Unread, VendorDocument, line_hash
from codegen.documents.importer import load_claims
from codegen.faults import InputFault
from codegen.yamlio import HandWritten
from tests.catalog.reconcile.shop_claims import OVERLAY, PROMPT, SERVER, URL_CLAIM, claim, settled

LINES = ("# Lamps", "", "Good for reading at night.", "Never touch it with wet hands.")
GUIDE = VendorDocument("lamp/guide.md", "guide", "lamp", "0" * 64, hashes=tuple(map(line_hash, LINES)))
NAME = "specs/overlays/lamp.yaml"


def cited(line: str) -> str:
    return f"lamp/guide.md#{line_hash(line)}"


def test_a_citation_becomes_evidence_and_leaves_the_document(tmp_path: Path) -> None:
    error = claim(6, {"error": "BadRequest", "channel": "http"}, name="400", operation=None, subject="error")
    guide = VendorDocument("shop/guide.md", "guide", "shop", "0" * 64, hashes=GUIDE.hashes)
    own = VendorDocument(
        "shop/SKILL.md", "skill", "shop", "0" * 64, capability=("draw",), claims=(URL_CLAIM, SERVER, PROMPT, error)
    )
    cites = [f"shop/guide.md#{line_hash(LINES[2])}"]
    more = f"""\
  - target: $.paths.*.post
    update:
      x-traits: {{best_for: [Reading], cites: {cites}}}
      x-prompting: {{advice: [{{text: Dry, cites: {cites}}}]}}
  - {{target: "$['x-error-codes'].http['400']", update: {{advice: Wait., cites: {cites}}}}}
"""
    catalog = settled(tmp_path, [own, guide], overlay=OVERLAY + more)
    operation = catalog.openapi["shop"]["paths"]["/draw"]["post"]
    assert operation["x-traits"] == {"best_for": ["Reading"]}
    assert operation["x-prompting"] == {"advice": [{"text": "Dry"}]}
    assert catalog.evidence["shop"]["cites"] == {
        "/paths/~1draw/post/x-prompting/advice/0": cites,
        "/paths/~1draw/post/x-traits": cites,
        "/x-error-codes/http/400": cites,
    }


@pytest.mark.parametrize(
    ("citation", "problem"),
    [
        (cited("Good for reading by day."), "cites a line of lamp/guide.md that has changed (for /x-traits)"),
        (f"lamp/other.md#{line_hash('gone')}", "cites lamp/other.md, which is not a document of this service"),
        ("lamp/guide.md:3", "is not a citation (for /x-traits)"),
    ],
)
def test_a_citation_that_no_line_answers_is_a_fault_where_it_is_written(
    citation: str, problem: str, tmp_path: Path
) -> None:
    overlay = tmp_path / "lamp.yaml"
    overlay.write_text(f"# words\ncites: [{cited(LINES[2])}, '{citation}']\n", encoding="utf-8")
    cites, overlays = {"/x-traits": [cited(LINES[2]), citation]}, {NAME: overlay}
    (fault,) = citations.malformed(cites, overlays) + citations.stale(cites, [GUIDE], overlays)
    assert problem in fault.problem
    assert (fault.file, fault.place) == (NAME, "line 2")


def test_the_citations_of_a_document_that_is_gone_are_one_fault(tmp_path: Path) -> None:
    overlay = tmp_path / "lamp.yaml"
    gone = [f"lamp/old.md#{line_hash(text)}" for text in ("gone", "lost")]
    overlay.write_text(f"# words\n- {gone[0]}\n- {gone[1]}\n- {gone[0]}\n", encoding="utf-8")
    (fault,) = citations.stale({"/x-traits": gone, "/x-prompting": gone[:1]}, [GUIDE], {NAME: overlay})
    assert fault.place == "line 2"
    assert "lamp/old.md, which is not a document of this service; the lines 2, 3, 4 cite it" in fault.problem
    assert "delete the texts" in fault.remedy


def test_a_citation_of_a_renamed_document_has_the_new_name_to_paste(tmp_path: Path) -> None:
    overlay = tmp_path / "lamp.yaml"
    cites = {"/x-traits": [f"lamp/old.md#{line_hash(line)}" for line in LINES[2:]]}
    overlay.write_text(f"cites: {cites['/x-traits']}\n", encoding="utf-8")
    others = [replace(GUIDE, document=name) for name in ("chair/old.md", "lamp/guide.md", "lamp/older.md")]
    (fault,) = citations.stale(cites, others, {NAME: overlay})
    assert "citations of it: 2" in fault.problem
    assert fault.remedy == "the document may be renamed: write 'lamp/older.md#' wherever 'lamp/old.md#' stands"


def test_a_line_set_aside_in_a_renamed_document_has_the_new_name_to_paste() -> None:
    row = Aside("shop/old.md", line_hash(LINES[3]), "/set_aside/0", "…")
    (fault,) = citations.idle([row], [unread_guide()], HandWritten(""))
    assert fault.remedy == f"the document may be renamed: write 'shop/guide.md#{line_hash(LINES[3])}'"


def test_a_line_set_aside_in_both_documents_is_removed_with_the_one_that_is_gone() -> None:
    names = ("shop/old.md", "shop/guide.md")
    file = HandWritten("", "set_aside:\n" + "".join(f"  - {{line: {name}}}\n" for name in names))
    rows = [Aside(name, line_hash(LINES[3]), f"line {at}", "…") for at, name in enumerate(names, 2)]
    (fault,) = citations.idle(rows, [unread_guide()], file)
    assert fault.remedy == "delete line 2, or cite another line"


def unread_guide() -> VendorDocument:
    row = Unread(4, "number", line_hash(LINES[3]))
    return VendorDocument("shop/guide.md", "guide", "shop", "0" * 64, unread=(row,), hashes=GUIDE.hashes)


def shop() -> VendorDocument:
    return VendorDocument(
        "shop/SKILL.md", "skill", "shop", "0" * 64, capability=("draw",), claims=(URL_CLAIM, SERVER, PROMPT)
    )


def test_a_line_that_nobody_understands_is_named_with_place_and_remedy(tmp_path: Path) -> None:
    (fault,) = settled(tmp_path, [shop(), unread_guide()]).not_understood
    assert (fault.file, fault.place) == ("shop/guide.md", "line 4")
    entry = f"  - {{line: 'shop/guide.md#{line_hash(LINES[3])}', reason: '…'}}"
    assert f"set_aside:`, once for all entries, and below it `{entry}`" in fault.remedy
    assert (
        f"- not understood: `shop/guide.md#{line_hash(LINES[3])}` (number)"
        in settled(tmp_path, [shop(), unread_guide()]).report
    )


def test_a_decision_sets_a_line_aside(tmp_path: Path) -> None:
    row = f"set_aside: [{{line: 'shop/guide.md#{line_hash(LINES[3])}', reason: It is about lamps.}}]"
    catalog = settled(tmp_path, [shop(), unread_guide()], decisions=row)
    assert catalog.not_understood == ()
    assert "Set aside: 1 by decision." in catalog.report


def test_a_decision_that_sets_aside_no_such_line_is_named_and_stops_nothing(tmp_path: Path) -> None:
    row = f"set_aside: [{{line: 'shop/guide.md#{line_hash(LINES[2])}', reason: It is about lamps.}}]"
    (fault,) = settled(tmp_path, [shop(), unread_guide()], decisions=row).stale
    assert "sets aside a line of shop/guide.md, which is not among" in fault.problem
    assert fault.remedy.startswith("delete ")


def test_a_claim_of_a_decision_stands_in_place_of_what_a_reader_made_of_its_line(tmp_path: Path) -> None:
    reader = replace(claim(4, {"minimum": 3}, name="prompt"), operation="draw")
    guide = replace(unread_guide(), claims=(reader,))
    row = (
        f"{{line: 'shop/guide.md#{line_hash(LINES[3])}', operation: draw, parameter: prompt, facts: {{max_length: 9}}}}"
    )
    catalog = settled(tmp_path, [shop(), guide], decisions=f"claims: [{row}]")
    schema = catalog.openapi["shop"]["components"]["schemas"]["DrawRequest"]["properties"]["prompt"]
    assert schema["maxLength"] == 9
    assert "minimum" not in schema
    assert catalog.not_understood == ()
    pointer = "/components/schemas/DrawRequest/properties/prompt/maxLength"
    assert catalog.evidence["shop"]["facts"][pointer] == ["shop/guide.md#draw/parameter/prompt"]


def test_a_claim_of_a_line_that_is_gone_stops_with_the_row_to_delete(tmp_path: Path) -> None:
    line = f"shop/guide.md#{line_hash('gone')}"
    rows = [
        f"  - {{line: '{line}', parameter: prompt, facts: {{{fact}: 9}}}}\n" for fact in ("max_length", "min_length")
    ]
    with pytest.raises(InputFault) as caught:
        settled(tmp_path, [shop(), unread_guide()], decisions="claims:\n" + "".join(rows))
    (fault,) = caught.value.faults
    assert fault.problem == "states 2 claims of a line that shop/guide.md does not have any more"
    assert (fault.file, fault.place) == ("specs/decisions/shop.yaml", "line 3")
    now = f"shop/guide.md#{line_hash(LINES[3])}"
    same = f"if its facts are those of before, write '{now}' wherever '{line}' stands"
    assert fault.remedy == f"{same}; else correct them, or delete line 3 and line 4"
    corrected = "claims:\n" + "".join(rows).replace(line, now)
    catalog = settled(tmp_path, [shop(), unread_guide()], decisions=corrected)
    assert catalog.not_understood == ()


def test_a_claim_of_a_line_of_a_renamed_document_has_the_new_name_to_paste(tmp_path: Path) -> None:
    row = f"{{line: 'shop/old.md#{line_hash(LINES[2])}', parameter: prompt, facts: {{max_length: 9}}}}"
    with pytest.raises(InputFault, match=f"write 'shop/guide.md#{line_hash(LINES[2])}' wherever"):
        settled(tmp_path, [shop(), unread_guide()], decisions=f"claims: [{row}]")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("{line: 'a#zzzzzz'}", "needs `line` and `reason`"),
        ("{line: 'a:3', reason: x}", "names 'a:3', which is not a line"),
    ],
)
def test_a_decision_that_names_no_line_is_a_fault(tmp_path: Path, row: str, problem: str) -> None:
    with pytest.raises(InputFault, match=problem):
        settled(tmp_path, [shop()], decisions=f"set_aside: [{row}]")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("{line: 'a#zzzzzz', parameter: prompt}", "has no key 'facts'"),
        ("{line: 'a#zzzzzz', parametre: prompt, facts: {}}", "has the unknown key 'parametre'"),
        ("{line: 4, parameter: prompt, facts: {}}", "names 4, which is not a line"),
        ("{line: 'a#zzzzzz', operation: [a, b], parameter: prompt, facts: {}}", "as its operation, which is not text"),
        ("{line: 'a#zzzzzz', operation: , parameter: prompt, facts: {}}", "has None as its operation"),
        ("{line: 'a#zzzzzz', retry: 3001, facts: {}}", "has 3001 as its retry, which is not text"),
        ("{line: 'a#zzzzzz', by: [me], parameter: prompt, facts: {}}", "which is not one of statement, signature"),
        ("{line: 'a#zzzzzz', parameter: prompt, facts: {maximun: 1}}", "'maximun' of a parameter: write maximum"),
        ("{line: 'a#zzzzzz', retry: '3001', facts: {1: 2}}", "states 1 of a retry: times"),
        ("{line: 'a#zzzzzz', parameter: prompt, facts: {max_length: many}}", "of a parameter, which is not a number"),
        ("{line: 'a#zzzzzz', parameter: prompt, facts: {max_length: true}}", "of a parameter, which is not a number"),
        ("{line: 'a#zzzzzz', facts: {}}", "states nothing"),
        ("{line: 'a#zzzzzz', operation: draw, facts: {url: 3}}", "of an operation, which is not text"),
        ("{line: 'a#zzzzzz', parameter: prompt, facts: {enum: 3}}", "which is not a list of values"),
        ("{line: 'a#zzzzzz', parameter: prompt, facts: {required: maybe}}", "which is not true or false"),
        (
            "{line: 'a#zzzzzz', parameter: prompt, facts: {type: }}",
            "None as the type of a parameter, which is not text",
        ),
        ("{line: 'a#zzzzzz', parameter: prompt, facts: {required_when: {mode: 3}}}", "mapping of lists of texts"),
    ],
)
def test_a_claim_that_is_malformed_is_a_fault(tmp_path: Path, row: str, problem: str) -> None:
    with pytest.raises(InputFault, match=problem):
        settled(tmp_path, [shop()], decisions=f"claims: [{row}]")


def test_every_claim_of_a_reader_could_be_written_by_hand() -> None:
    documents = load_claims(paths.ROOT / "specs/claims")
    rows = [
        {
            "line": f"{document.document}#zzzzzz",
            **({"operation": claim.operation} if claim.operation is not None else {}),
            **({claim.subject: claim.name} if claim.subject != "operation" else {}),
            "by": claim.by,
            "facts": dict(claim.facts),
        }
        for document in documents
        for claim in document.claims
    ]
    assert len(rows) > 1000
    assert {problem_of_claim(row) for row in rows} == {""}


@pytest.mark.parametrize(
    ("key", "row"),
    [
        ("claims", "{line: 'a#zzzzzz', parameter: prompt, facts: {max_length: 9}}"),
        ("set_aside", "{line: 'a#zzzzzz', reason: x}"),
    ],
)
def test_a_row_that_repeats_another_is_a_fault(tmp_path: Path, key: str, row: str) -> None:
    with pytest.raises(InputFault) as caught:
        settled(tmp_path, [shop()], decisions=f"{key}:\n  - {row}\n  - {row}\n")
    (fault,) = caught.value.faults
    assert (fault.place, fault.problem, fault.remedy) == ("line 4", "repeats line 3", "delete line 4")
