"""The import as a whole: bundle and folder agree, claims files are written all or none and read back the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from codegen import paths
from codegen.documents import claims, importer
from codegen.documents.claims import VendorDocument
from codegen.documents.document_index import EarlierImports
from codegen.documents.importer import earlier_imports, load_claims, read_sources, summary, write_claims
from codegen.faults import InputFault
from tests import catalog_values
from tests.documents.invented_service import META, SCRIPT, SKILL, bundled, described, entry, found

SONG_REFERENCE = """\
# Song reference

## Song (cw_song)

### Parameters

- `lyrics` (required): words
- `picture` (optional): cover image URL
  - width and height: `>64` and `<512`

### Result Endpoint

`https://api.choir.example/v1/job`

1. **Check Status**:
   - `1` = Queued
   - `3` = Success

```python
task_id = client.sing_song(
    lyrics="la",
    length=5,
)
```
"""
FILES = {
    "SKILL.md": SKILL,
    "_meta.json": META,
    "scripts/song_client.py": SCRIPT,
    "references/song.md": SONG_REFERENCE,
}
API = {
    "SKILL.md": "---\nname: api\ndescription: All of it.\n---\n# All\n",
    "scripts/c_api_doc_detail.json": described(entry()),
}


def from_bundle(tmp_path: Path, *skills: dict[str, str]) -> tuple[VendorDocument, ...]:
    path = tmp_path / "bundle.txt"
    path.write_text(bundled(*skills), encoding="utf-8")
    return read_sources([path])


def from_folder(tmp_path: Path, *skills: dict[str, str]) -> tuple[VendorDocument, ...]:
    for index, files in enumerate(skills):
        for name, text in files.items():
            target = tmp_path / "packages" / str(index) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    return read_sources([tmp_path / "packages"])


def without_places(document: VendorDocument) -> list[str]:
    rows = ((claim.subject, claim.name, claim.operation, claim.by, dict(claim.facts)) for claim in document.claims)
    return sorted(repr(row) for row in rows)


def files_under(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_a_bundle_states_what_the_packages_state(tmp_path: Path) -> None:
    """Read a bundle without blank lines and indentation; no fact may go with them."""
    flat, real = from_bundle(tmp_path, FILES, API), from_folder(tmp_path, FILES, API)
    assert [row.document for row in flat] == [row.document for row in real]
    assert sum(len(row.claims) for row in flat) > 80
    for one, other in zip(flat, real, strict=True):
        assert without_places(one) == without_places(other), one.document
        assert (one.kind, one.version, one.published, one.capability) == (
            other.kind,
            other.version,
            other.published,
            other.capability,
        )
        assert len(one.unread) == len(other.unread)


def test_documents_come_sorted_and_carry_their_hash(tmp_path: Path) -> None:
    documents = from_bundle(tmp_path, FILES, API)
    names = [document.document for document in documents]
    assert names == sorted(names)
    assert len({document.sha256 for document in documents}) == len(documents)


def test_claims_files_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    documents = from_bundle(tmp_path, FILES, API)
    write_claims(documents, tmp_path / "claims")
    assert load_claims(tmp_path / "claims") == documents
    assert (tmp_path / "claims/choir-song/references/song.md.yaml").is_file()


def test_importing_again_writes_the_same_bytes(tmp_path: Path) -> None:
    root = tmp_path / "claims"
    write_claims(from_bundle(tmp_path, FILES, API), root)
    first = files_under(root)
    write_claims(from_bundle(tmp_path, API, FILES), root)
    assert files_under(root) == first


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_hash_seed_changes_nothing(tmp_path: Path, seed: str) -> None:
    documents = from_bundle(tmp_path, FILES, API)
    write_claims(documents, tmp_path / "claims")
    code = "import sys; from pathlib import Path; from codegen.documents.importer import *; "
    code += "write_claims(read_sources([Path(sys.argv[1])]), Path(sys.argv[2]))"
    arguments = [sys.executable, "-c", code, str(tmp_path / "bundle.txt"), str(tmp_path / "again")]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(importer.__file__).parents[2])}
    subprocess.run(arguments, check=True, env=environment)
    assert files_under(tmp_path / "again") == files_under(tmp_path / "claims")


def test_only_the_skills_of_the_input_are_replaced(tmp_path: Path) -> None:
    root = tmp_path / "claims"
    write_claims(from_bundle(tmp_path, FILES, API), root)
    smaller = {name: text for name, text in FILES.items() if name != "references/song.md"}
    write_claims(from_bundle(tmp_path, smaller), root)
    left = set(files_under(root))
    assert "choir-song/references/song.md.yaml" not in left
    assert "api/scripts/c_api_doc_detail.json.yaml" in left


def test_a_lone_description_replaces_the_one_of_its_name(tmp_path: Path) -> None:
    root = tmp_path / "claims"
    write_claims(from_bundle(tmp_path, FILES, API), root)
    before = files_under(root)
    lone = tmp_path / "c_api_doc_detail.json"
    changed = json.loads(entry()["api_body"])
    changed["category"][0]["list"][1]["keywords"].append("sad")
    lone.write_text(described(entry(api_body=json.dumps(changed))), encoding="utf-8")
    write_claims(read_sources([lone]), root)
    after = files_under(root)
    assert [name for name in after if after[name] != before.get(name)] == ["api/scripts/c_api_doc_detail.json.yaml"]
    document = next(row for row in load_claims(root) if row.kind == "api-description")
    assert (document.skill, document.document) == ("api", "api/scripts/c_api_doc_detail.json")
    assert found(document, "parameter", "mood", "t2s-choir-2")["enum"] == ["calm", "wild", "sad"]


def test_a_lone_description_that_changed_nothing_changes_nothing(tmp_path: Path) -> None:
    root = tmp_path / "claims"
    api = {**API, "references/all.md": "# All\n- Generated at: 2026-05-01 10:00:00\n"}
    from_folder(tmp_path, api)
    write_claims(read_sources([tmp_path / "packages"]), root)
    before = files_under(root)
    write_claims(read_sources([tmp_path / "packages/0/scripts/c_api_doc_detail.json"]), root)
    assert files_under(root) == before


def test_an_operation_that_left_the_description_leaves_the_capability(tmp_path: Path) -> None:
    root = tmp_path / "claims"
    both = {**API, "scripts/c_api_doc_detail.json": described(entry(), entry("Old", "old-choir"))}
    write_claims(from_bundle(tmp_path, both), root)
    lone = tmp_path / "c_api_doc_detail.json"
    lone.write_text(described(entry()), encoding="utf-8")
    write_claims(read_sources([lone]), root)
    document = next(row for row in load_claims(root) if row.kind == "api-description")
    assert document.capability == ("t2s-choir-2",)


def test_a_lone_description_of_a_new_service_gets_a_place_of_its_own(tmp_path: Path) -> None:
    lone = tmp_path / "organ.json"
    lone.write_text(described(entry()), encoding="utf-8")
    write_claims(read_sources([lone]), tmp_path / "claims")
    (document,) = load_claims(tmp_path / "claims")
    assert (document.skill, document.document) == ("organ", "organ/organ.json")


def test_a_name_that_two_skills_use_cannot_be_replaced_alone(tmp_path: Path) -> None:
    root = tmp_path / "claims"
    second = {**API, "SKILL.md": API["SKILL.md"].replace("name: api", "name: second")}
    write_claims(from_bundle(tmp_path, API, second), root)
    lone = tmp_path / "c_api_doc_detail.json"
    lone.write_text(described(entry()), encoding="utf-8")
    with pytest.raises(InputFault, match="several claims documents have this name"):
        write_claims(read_sources([lone]), root)


def test_nothing_is_left_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "claims"
    documents = from_bundle(tmp_path, FILES)
    write_claims(documents, root)
    before = files_under(tmp_path)
    written = iter(range(2))

    def failing(document: VendorDocument) -> str:
        next(written)
        return "half"

    monkeypatch.setattr(claims, "to_yaml", failing)
    with pytest.raises((StopIteration, RuntimeError)):
        write_claims(documents, root)
    assert files_under(tmp_path) == before


def test_a_claims_file_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims/a.yaml").write_text("document: a\n", encoding="utf-8")
    (tmp_path / "claims/b.yaml").write_text("- 1\n", encoding="utf-8")
    (tmp_path / "claims/c.yaml").write_text("a: [\n", encoding="utf-8")
    with pytest.raises(InputFault) as caught:
        load_claims(tmp_path / "claims")
    assert [fault.file for fault in caught.value.faults] == [f"specs/claims/{name}.yaml" for name in "abc"]


def test_methods_learnt_earlier_stand_in_for_a_missing_script(tmp_path: Path) -> None:
    earlier = earlier_imports(from_bundle(tmp_path, FILES))
    assert earlier.methods["sing_song"] == "cw_song"
    text = "---\nname: alone\ndescription: Alone.\n---\n# Alone\n```python\nclient.sing_song(length=7)\n```\n"
    path = tmp_path / "alone.txt"
    path.write_text(bundled({"SKILL.md": text, "a.md": "# A\n"}), encoding="utf-8")
    document = next(row for row in read_sources([path], earlier) if row.kind == "skill")
    assert found(document, "example", "sing_song", "cw_song", "example") == {"arguments": {"length": 7}}


ALONE = """\
---
name: alone
description: Alone.
---
# Alone

1. Read the URL from `loud`
2. Save what `sing_song` gives

```python
client.sing_song("la la", length=7)
```
"""


def test_the_import_of_one_skill_reads_it_as_that_of_all_does(tmp_path: Path) -> None:
    every = tmp_path / "all.txt"
    every.write_text(bundled(FILES, {"SKILL.md": ALONE, "a.md": "# A\n"}), encoding="utf-8")
    documents = read_sources([every])
    (whole,) = (row for row in documents if row.document == "alone/SKILL.md")
    one = tmp_path / "one.txt"
    one.write_text(bundled({"SKILL.md": ALONE, "a.md": "# A\n"}), encoding="utf-8")
    (part,) = (row for row in read_sources([one], earlier_imports(documents)) if row.document == "alone/SKILL.md")
    assert part == whole
    (blind,) = (row for row in read_sources([one]) if row.document == "alone/SKILL.md")
    assert blind.unread != whole.unread


def test_what_the_input_says_of_a_method_goes_before_what_was_learnt_earlier(tmp_path: Path) -> None:
    path = tmp_path / "bundle.txt"
    path.write_text(bundled(FILES), encoding="utf-8")
    assert read_sources([path], EarlierImports({"sing_song": "something_else"})) == read_sources([path])


def test_the_summary_counts_every_line(tmp_path: Path) -> None:
    documents = from_bundle(tmp_path, FILES, API)
    table = summary(documents).splitlines()
    assert table[0].split() == ["skill", "documents", "claims", "read", "structure", "prose", "code", "unread"]
    assert table[-1].split()[:3] == ["total", str(len(documents)), str(sum(len(row.claims) for row in documents))]
    counted = [sum(row.lines[account] for row in documents) for account in table[0].split()[3:]]
    assert table[-1].split()[3:] == [str(count) for count in counted]
    assert [line.split()[0] for line in table[1:-1]] == ["api", "choir-song"]
    assert len({len(line) for line in table}) == 1


def test_a_document_that_came_alone_is_counted_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "lone.json").write_text(described(entry()), encoding="utf-8")
    table = summary(read_sources([tmp_path / "lone.json"])).splitlines()
    assert [line.split()[:2] for line in table[1:]] == [["lone.json", "1"], ["total", "1"]]
    assert table[1].startswith("lone.json  ")


def test_a_skill_that_is_new_stands_beside_the_others(tmp_path: Path) -> None:
    root = tmp_path / "claims"
    write_claims(from_bundle(tmp_path, API), root)
    write_claims(from_bundle(tmp_path, FILES), root)
    assert {name.split("/")[0] for name in files_under(root)} == {"api", "choir-song"}


REAL = Path(__file__).parents[3] / "shared/vendor-docs/skills-bundle.txt"


@pytest.mark.skipif(not REAL.exists(), reason="the vendors' documents are not part of the repository")
def test_the_real_bundle_is_understood() -> None:
    documents = read_sources([REAL])
    assert {document.skill for document in documents} == {document.skill for document in load_claims(paths.CLAIMS)}
    operations = {
        claim.operation
        for document in documents
        for claim in document.claims
        if "url" in claim.facts or "path" in claim.facts
    }
    assert len(operations) == catalog_values.count()
    lines = sum(sum(document.lines.values()) for document in documents)
    assert sum(len(document.unread) for document in documents) < lines / 100
    assert all(claim.line <= sum(document.lines.values()) for document in documents for claim in document.claims)


def test_of_no_documents_the_table_has_its_titles_and_zeros() -> None:
    titles, total = importer.summary([]).splitlines()
    assert titles.split()[:3] == ["skill", "documents", "claims"]
    assert total.split() == ["total", *"0" * (len(titles.split()) - 1)]


def test_a_document_of_a_skill_of_several_is_about_the_one_that_it_names(tmp_path: Path) -> None:
    parameters = "### Parameters\n\n- `words` (required): words\n"
    pages = {
        "SKILL.md": "---\nname: choir\n---\n# Song\n\n- API capability: `cw_song`\n\n",
        "hum.md": "# Hum\n\n- API capability: `cw_hum`\n\n",
        "hum_api.md": "# Hum\n\n- Task creation endpoint: `https://api.choir.example/v1/application/cw_hum`\n\n",
    }
    documents = from_folder(tmp_path, {name: text + parameters for name, text in pages.items()})
    assert [(one.operation, one.name) for row in documents for one in row.claims if one.subject == "parameter"] == [
        ("cw_song", "words"),
        ("cw_hum", "words"),
        ("cw_hum", "words"),
    ]
