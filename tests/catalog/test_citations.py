"""An overlay cites the lines behind its advice; a citation whose line has changed stops the catalog."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.catalog import citations
from codegen.documents.claims import Document, line_hash
from tests.catalog.reconcile.claims_of import claim
from tests.catalog.reconcile.service import ADDRESS, OVERLAY, PROMPT, SERVER, settled

LINES = ("# Lamps", "", "Good for reading at night.", "Never touch it with wet hands.")
GUIDE = Document("lamp/guide.md", "guide", "lamp", "0" * 64, hashes=tuple(map(line_hash, LINES)))
NAME = "specs/overlays/lamp.yaml"


def cited(line: str) -> str:
    return f"lamp/guide.md#{line_hash(line)}"


def test_a_citation_becomes_evidence_and_leaves_the_document(tmp_path: Path) -> None:
    error = claim(6, {"error": "BadRequest", "channel": "http"}, name="400", operation=None, subject="error")
    guide = Document("shop/guide.md", "guide", "shop", "0" * 64, hashes=GUIDE.hashes)
    own = Document(
        "shop/SKILL.md", "skill", "shop", "0" * 64, capability=("draw",), claims=(ADDRESS, SERVER, PROMPT, error)
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
        (f"lamp/other.md#{line_hash(LINES[2])}", "cites lamp/other.md, which is no document of this service"),
        ("lamp/guide.md:3", "is no citation (for /x-traits)"),
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
