"""A bundle, a folder of packages and a lone description are the same documents; bad input is named fault by fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codegen.documents import sources
from codegen.documents.importer import read_sources
from codegen.faults import InputFault
from tests.documents.invented_service import FILES, META, SKILL, bundled, described, entry, line_of

OTHER = {
    "SKILL.md": "---\nname: other-skill\ndescription: Something else altogether, in words.\n---\n# Other\n",
    "a.md": "# A\n",
}


def bundle(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "bundle.txt"
    path.write_text(text, encoding="utf-8")
    return path


def faults(*paths: Path) -> list[str]:
    with pytest.raises(InputFault) as caught:
        read_sources(list(paths))
    return [str(fault) for fault in caught.value.faults]


def test_a_bundle_is_cut_at_its_markers_and_at_the_listing_line_of_each_skill(tmp_path: Path) -> None:
    found = sources.read(bundle(tmp_path, bundled(FILES, OTHER)))
    assert [(source.skill, source.path) for source in found] == [
        ("choir-song", "SKILL.md"),
        ("choir-song", "_meta.json"),
        ("choir-song", "scripts/song_client.py"),
        ("other-skill", "SKILL.md"),
        ("other-skill", "a.md"),
    ]
    assert found[0].lines[0] == "---"
    assert found[2].lines[-1] == 'print(json.loads(part["result"]))'


def test_the_line_of_a_document_is_known_in_the_bundle(tmp_path: Path) -> None:
    text = bundled(FILES)
    meta = sources.read(bundle(tmp_path, text))[1]
    assert meta.first_line == line_of(text, "FILE:_meta.json") + 1


def test_a_listing_line_glued_to_a_closing_fence_leaves_the_fence_to_the_document_before(tmp_path: Path) -> None:
    first = {**FILES, "notes.md": "# Notes\n```\ncode\n```\n"}
    text = bundled(first, OTHER).replace("```\nSomething else", "```Something else")
    assert "```Something else" in text
    found = sources.read(bundle(tmp_path, text))
    assert found[3].lines == ("# Notes", "```", "code", "```")
    assert found[4].skill == "other-skill"


def test_a_skill_may_stand_under_a_marker_of_its_own(tmp_path: Path) -> None:
    text = "handle\nFILE:SKILL.md\n---\nname: choir\ndescription: Sing.\n---\n# Choir\nFILE:a.md\n# A\n"
    found = sources.read(bundle(tmp_path, text))
    assert [(source.skill, source.path) for source in found] == [("choir", "SKILL.md"), ("choir", "a.md")]


def test_a_folder_of_packages_keeps_to_each_package_and_skips_media_and_hidden_files(tmp_path: Path) -> None:
    root = tmp_path / "packages"
    for name, files in (("one", FILES), ("deep/two", OTHER)):
        for path, text in files.items():
            target = root / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    (root / "one/logo.png").write_bytes(b"\x89PNG\xff")
    (root / "one/.git").mkdir()
    (root / "one/.git/config").write_text("x", encoding="utf-8")
    found = sources.read(root)
    assert sorted((source.skill, source.path) for source in found) == [
        ("choir-song", "SKILL.md"),
        ("choir-song", "_meta.json"),
        ("choir-song", "scripts/song_client.py"),
        ("other-skill", "SKILL.md"),
        ("other-skill", "a.md"),
    ]


def test_windows_line_ends_are_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "bundle.txt"
    path.write_bytes(bundled(FILES).replace("\n", "\r\n").encode())
    assert sources.read(path)[0].lines[0] == "---"


def test_missing_files_are_all_named(tmp_path: Path) -> None:
    messages = faults(tmp_path / "one.txt", tmp_path / "two.txt")
    assert len(messages) == 2
    assert "one.txt: cannot be read (no such file or directory)" in messages[0]


def test_text_without_markers_is_refused(tmp_path: Path) -> None:
    (messages,) = faults(bundle(tmp_path, "some notes\n"))
    assert "holds no FILE: markers" in messages


def test_a_document_before_the_first_skill_is_refused(tmp_path: Path) -> None:
    (messages,) = faults(bundle(tmp_path, "handle\nFILE:a.md\n# A\n"))[:1]
    assert "before its first skill" in messages


def test_a_folder_without_skills_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (messages,) = faults(tmp_path / "empty")
    assert "holds no SKILL.md" in messages


def test_nothing_to_read_is_refused() -> None:
    assert "nothing to read" in faults()[0]


def test_bytes_that_are_not_utf8_are_placed(tmp_path: Path) -> None:
    path = tmp_path / "bundle.txt"
    path.write_bytes(b"handle\nFILE:a.md\n\xff\n")
    (messages,) = faults(path)
    assert "line 3: is not UTF-8" in messages


@pytest.mark.parametrize("path", ["../outside.md", "/etc/passwd", "a/../../b.md", "a/.hidden"])
def test_a_path_that_leaves_its_skill_is_refused(tmp_path: Path, path: str) -> None:
    messages = faults(bundle(tmp_path, bundled({**FILES, path: "# Text\n"})))
    assert any("leaves its skill" in line for line in messages)


def test_a_skill_name_that_is_a_path_is_refused(tmp_path: Path) -> None:
    hostile = {"SKILL.md": SKILL.replace("name: choir-song", "name: ../../choir"), "_meta.json": META}
    assert any("is not a plain name" in line for line in faults(bundle(tmp_path, bundled(hostile))))


def test_a_document_in_two_of_the_inputs_is_refused_with_both_places(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name / "song").mkdir(parents=True)
        (tmp_path / name / "song" / "SKILL.md").write_text("---\nname: song\n---\n# Song\n", encoding="utf-8")
    with pytest.raises(InputFault) as caught:
        read_sources([tmp_path / "first", tmp_path / "second"])
    (fault,) = caught.value.faults
    first, second = (str(tmp_path / name / "song" / "SKILL.md") for name in ("first", "second"))
    assert (fault.file, fault.problem) == (second, f"song/SKILL.md is also in {first}")


def test_a_document_that_appears_twice_is_refused(tmp_path: Path) -> None:
    assert any("appears twice" in line for line in faults(bundle(tmp_path, bundled(FILES) + "FILE:_meta.json\n{}\n")))


def test_the_same_skill_in_two_inputs_is_refused(tmp_path: Path) -> None:
    one, two = bundle(tmp_path, bundled(FILES)), tmp_path / "again.txt"
    two.write_text(bundled(FILES), encoding="utf-8")
    assert any("is also in" in line for line in faults(one, two))


def test_broken_json_is_placed_by_line_and_column_of_the_bundle(tmp_path: Path) -> None:
    text = bundled({**FILES, "api.json": '[\n{"name" "x"}\n]\n', "_meta.json": '{"version": }\n'})
    messages = faults(bundle(tmp_path, text))
    assert len(messages) == 2
    line = line_of(text, '{"name" "x"}')
    assert any(f"line {line}, column 9: is not JSON" in row for row in messages)


def test_every_fault_of_a_description_is_reported_at_once(tmp_path: Path) -> None:
    path = tmp_path / "api.json"
    lame = entry("Lame", "lame")
    del lame["method"], lame["endpoint"]
    entries = [
        entry(),
        entry("Choir 2", "other"),
        entry("Third", "t2s-choir-2"),
        lame,
        entry("Fourth", "f", api_body="{not json"),
        "text",
    ]
    path.write_text(json.dumps(entries, indent=1), encoding="utf-8")
    messages = faults(path)
    for words in (
        "name 'Choir 2' appears twice",
        "operation 't2s-choir-2' appears twice",
        "no 'method'",
        "no 'endpoint'",
        "is not an object",
    ):
        assert any(words in row for row in messages), (words, messages)
    assert any("'api_body' of entry 4 is not JSON" in row for row in messages)


@pytest.mark.parametrize(
    "key, value, problem",
    [
        ("name", "", "entry 0 has no 'name'"),
        ("method", 3, "'method' of entry 0 is not text"),
        ("api_body", None, "entry 0 has no 'api_body'"),
        ("api_body", '{"a": 1, "a": 2}', "the JSON inside 'api_body' of entry 0 names 'a' twice"),
    ],
)
def test_an_entry_lacks_nothing_and_is_text(tmp_path: Path, key: str, value: object, problem: str) -> None:
    path = tmp_path / "api.json"
    path.write_text(json.dumps([{**entry(), key: value}], indent=1), encoding="utf-8")
    (messages,) = faults(path)
    assert problem in messages


def test_a_description_is_known_by_its_suffix_or_by_its_first_sign(tmp_path: Path) -> None:
    (tmp_path / "api.txt").write_text(f"\n{described(entry())}", encoding="utf-8")
    assert [source.path for source in sources.read(tmp_path / "api.txt")] == ["api.txt"]
    (tmp_path / "api.json").write_text("3", encoding="utf-8")
    assert [source.path for source in sources.read(tmp_path / "api.json")] == ["api.json"]


@pytest.mark.parametrize("text", ["{}", '"text"', "3"])
def test_a_json_file_that_is_no_array_is_no_description(tmp_path: Path, text: str) -> None:
    path = tmp_path / "api.json"
    path.write_text(text, encoding="utf-8")
    assert "is not a JSON API description" in faults(path)[0]


def test_a_key_that_appears_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "api.json"
    path.write_text(described(entry()).replace('"id": 7,', '"id": 7,\n"id": 8,'), encoding="utf-8")
    assert "key 'id' appears twice" in faults(path)[0]


def test_json_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "api.json"
    path.write_text("[" * 100_000, encoding="utf-8")
    assert "is not JSON" in faults(path)[0]


def test_a_publication_date_that_is_none_is_refused(tmp_path: Path) -> None:
    text = bundled({**FILES, "_meta.json": '{"publishedAt": "soon"}\n'})
    assert any("publishedAt is not a time" in row for row in faults(bundle(tmp_path, text)))
