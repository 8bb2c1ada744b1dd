"""New since last time: facts by document, and lines that are not understood."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from codegen.documents.claims import Claim, Unread, VendorDocument, line_hash
from codegen.updates.new_facts import compare
from codegen.updates.steps import Imported


def document(*claims: Claim, name: str = "shop/a.md", unread: tuple[Unread, ...] = ()) -> VendorDocument:
    return VendorDocument(name, "reference", "shop", "0", claims=claims, unread=unread)


def size(line: int, **facts: Any) -> Claim:
    return Claim(line, "parameter", "size", facts, operation="draw")


def news(old: VendorDocument, new: VendorDocument) -> list[str]:
    return [str(fact) for row in compare([old], [new], {}).documents for fact in row.facts]


def test_a_fact_that_changed_is_named_with_both_values_and_its_line() -> None:
    found = news(document(size(7, maximum=95)), document(size(9, maximum=60)))
    assert found == ["draw parameter size: maximum 60, was 95 (line 9)"]


def test_a_line_that_moved_is_no_news() -> None:
    assert compare([document(size(7, maximum=95))], [document(size(99, maximum=95))], {}).documents == ()


def test_a_fact_that_came_and_one_that_went_are_told_apart() -> None:
    found = news(document(size(7, maximum=95)), document(size(7, minimum=1)))
    assert found == [
        "draw parameter size: maximum 95 is gone (stood on line 7)",
        "draw parameter size: minimum 1 (line 7)",
    ]


def test_of_two_values_of_one_fact_the_one_that_is_new_is_named() -> None:
    old = document(size(1, maximum=9), size(2, maximum=8))
    assert news(old, document(size(1, maximum=9), size(2, maximum=7))) == [
        "draw parameter size: maximum 7, was 8 (line 2)"
    ]


def test_a_document_comes_and_goes_as_a_whole() -> None:
    found = compare([document(name="shop/a.md")], [document(size(1, maximum=1), name="shop/b.md")], {})
    assert [(row.document, row.status, row.claims) for row in found.documents] == [
        ("shop/a.md", "gone", 0),
        ("shop/b.md", "new", 1),
    ]


def test_a_text_that_every_skill_has_is_renamed_with_its_skill_only() -> None:
    hashes = tuple(map(line_hash, ("one", "two", "three")))
    script = replace(document(size(1), name="shop/script.py"), sha256="1", hashes=hashes)
    guide = replace(document(size(1), name="shop/guide.md"), sha256="2", hashes=tuple(map(line_hash, ("four", "five"))))
    other = replace(script, document="lamp/script.py", skill="lamp")
    paint = [replace(row, document=row.document.replace("shop", "paint"), skill="paint") for row in (script, guide)]
    found = {row.document: row.renamed_from for row in compare([script, guide, other], [*paint, other], {}).documents}
    assert found == {"paint/script.py": "shop/script.py", "paint/guide.md": "shop/guide.md"}
    found = {row.document: row.renamed_from for row in compare([script, guide, other], [paint[0], other], {}).documents}
    assert found == {"paint/script.py": "", "shop/script.py": "", "shop/guide.md": ""}


def test_a_document_under_another_name_is_renamed_and_only_its_other_facts_are_news() -> None:
    hashes = tuple(map(line_hash, ("one", "two", "three", "four", "five", "six")))
    old = replace(document(size(1, maximum=9), name="shop/a.md"), sha256="1", hashes=hashes)
    same = replace(old, document="shop/b.md")
    near = replace(document(size(1, maximum=8), name="shop/b.md"), sha256="2", hashes=(line_hash("0"), *hashes[1:]))
    other = replace(near, hashes=(*map(line_hash, "abcd"), *hashes[4:]))
    for new, facts in ((same, 0), (near, 1)):
        (row,) = compare([old], [new], {}).documents
        assert (row.status, row.renamed_from, len(row.facts)) == ("renamed", "shop/a.md", facts)
    assert [row.status for row in compare([old], [other], {}).documents] == ["gone", "new"]
    found = Imported("", compare([old], [same], {}), (), partial=False).lines()
    assert found == ["new since last time:", "  renamed: shop/a.md → shop/b.md"]


def test_only_lines_that_were_not_there_last_time_are_listed_as_not_understood() -> None:
    old = document(unread=(Unread(3, "number", "aaa"),))
    new = document(unread=(Unread(3, "number", "bbb"), Unread(8, "number", "aaa"), Unread(9, "number", "aaa")))
    found = compare([old], [new], {"shop/a.md": ["one", "two", " | 3002 | daily | "]})
    assert [str(row) for row in found.unread] == ["shop/a.md: line 3: | 3002 | daily |", "shop/a.md: line 9"]
    assert [row.line for row in found.unread_before] == [8]


def test_a_line_that_was_read_last_time_is_listed_though_an_overlay_cites_it() -> None:
    hashes = (line_hash("| 2406 | refused |"), line_hash("at most 3"))
    old = replace(document(size(1, maximum=9), unread=(Unread(2, "number", hashes[1]),)), hashes=hashes)
    new = replace(document(unread=(Unread(1, "number", hashes[0]), Unread(2, "number", hashes[1]))), hashes=hashes)
    cited = [{"shop/a.md": [*hashes]}]
    assert [row.line for row in compare([old], [new], {}, settled=cited).unread] == [1]
    assert compare([new], [new], {}, settled=cited).unread == ()


def test_new_prose_is_listed_so_that_a_person_can_see_whether_it_states_a_fact() -> None:
    lines = ["Draws.", "It never draws horses.", "Colours fade."]
    hashes = tuple(map(line_hash, lines))
    old = replace(document(), hashes=hashes[:1])
    new = replace(document(), hashes=hashes)
    cited = {"shop/a.md": {hashes[2]}}
    found = compare([old], [new], {"shop/a.md": lines}, {"shop/a.md": (1, 2, 3)}, [cited])
    assert [str(row) for row in found.prose] == ["shop/a.md: line 2: It never draws horses."]
    assert compare([], [new], {"shop/a.md": lines}, {"shop/a.md": (1, 2, 3)}).prose == ()


def test_prose_of_a_new_document_is_news_where_no_document_had_it() -> None:
    lines = ["Draws.", "Colours fade."]
    hashes = tuple(map(line_hash, lines))
    old = replace(document(), hashes=hashes[:1])
    new = replace(document(name="shop/moved.md"), hashes=hashes)
    found = compare([old], [old, new], {new.document: lines}, {new.document: (1, 2)})
    assert [str(row) for row in found.prose] == ["shop/moved.md: line 2: Colours fade."]


def test_the_same_news_of_many_operations_is_one_line() -> None:
    def calls(name: str) -> list[Claim]:
        return [Claim(at, "header", name, {"required": True}, operation=f"draw{at}") for at in range(1, 10)]

    size_of = [Claim(20 + at, "parameter", "size", {"maximum": at}, operation=f"draw{at}") for at in (1, 2)]
    old, new = document(*calls("X-Key"), *size_of), document(*calls("X-App"), *size_of)
    lines = Imported("", compare([old], [new], {}), (), partial=False).lines()
    lines_of_calls = [line for line in lines if "header" in line]
    where = "; the same of draw2, draw3 and 6 more"
    assert lines_of_calls == [
        f"    - draw1 header X-Key: required true is gone (stood on line 1){where}",
        f"    + draw1 header X-App: required true (line 1){where}",
    ]


def test_long_lines_that_begin_alike_are_shown_as_one() -> None:
    lines = [f"{'call the service with curl ' * 8} {number}" for number in range(3)]
    new = replace(document(), hashes=tuple(map(line_hash, lines)))
    found = compare([document()], [new], {"shop/a.md": lines}, {"shop/a.md": (1, 2, 3)})
    lines_of_calls = [line for line in Imported("", found, (), partial=False).lines() if "curl" in line]
    assert [line.endswith("[and 2 more that begin alike]") for line in lines_of_calls] == [True]


def test_other_words_around_the_same_facts_are_listed_and_other_facts_are_not() -> None:
    lines = ["- size: at most 9", "- size: up to 9, or null", "- size: at most 8"]
    hashes = tuple(map(line_hash, lines))

    def reworded(number: int, *claims: Claim) -> list[str]:
        old = replace(document(size(1, maximum=9)), hashes=hashes[:1])
        new = replace(document(*claims), hashes=(hashes[number],))
        found = compare([old], [new], {"shop/a.md": [lines[number]]})
        assert len(found.to_data()["reworded"]) == len(found.reworded)
        text = "\n".join(Imported("", found, (), partial=False).lines())
        assert ("lines with other words (1)" in text) is bool(found.reworded)
        return [str(row) for row in found.reworded]

    assert reworded(0, size(1, maximum=9)) == []
    assert reworded(1, size(1, maximum=9)) == ["shop/a.md: line 1: - size: up to 9, or null"]
    assert reworded(2, size(1, maximum=8)) == []


def test_a_line_that_an_overlay_or_a_decision_speaks_of_is_understood() -> None:
    new = document(unread=(Unread(3, "number", "bbb"), Unread(8, "number", "aaa")))
    found = compare([document()], [new], {}, {}, [{"shop/a.md": {"aaa"}}, {"shop/a.md": {"bbb"}}])
    assert (found.unread, found.unread_before) == ((), ())


def test_an_operation_that_came_or_went_is_one_line() -> None:
    paint = Claim(5, "parameter", "size", {"maximum": 3, "required": True}, operation="paint")
    news = compare([document(size(1, maximum=9))], [document(paint)], {})
    assert [(row.operations_new, row.operations_gone) for row in news.documents] == [(("paint",), ("draw",))]
    text = "\n".join(Imported("", news, (), partial=False).lines())
    assert "- draw: nothing is stated of this operation any more (facts that are gone: 1)" in text
    assert "+ paint: the operation is new (facts: 2, from line 5)" in text
    assert "parameter size" not in text


def test_of_a_long_line_the_beginning_is_shown_and_what_is_not_understood() -> None:
    long = document(unread=(Unread(1, "number", "aaa", "draw parameter size"),))
    (row,) = compare([document()], [long], {"shop/a.md": ["x" * 5000]}).unread
    assert str(row).endswith("x… (draw parameter size: number)")
    assert len(str(row)) < 400


def status(**facts: Any) -> VendorDocument:
    return document(Claim(3, "status", "4", facts))


def test_a_code_that_means_something_else_is_named_with_what_the_client_makes_of_it() -> None:
    old = status(state="failed", meaning="failed")
    assert news(old, status(state="failed", meaning="rejected")) == [
        "status 4 now means rejected, was failed: failed for the client as before (line 3)"
    ]
    assert news(old, status(state="succeeded", meaning="done")) == [
        "status 4: meaning done, was failed (line 3)",
        "status 4: state succeeded, was failed (line 3)",
    ]


def test_a_value_that_means_something_else_is_sent_all_the_same() -> None:
    before, after = (document(Claim(5, "label", "move.3", {"label": words})) for words in ("pan left", "pan right"))
    assert news(before, after) == [
        "label move.3 now means pan right, was pan left: the client sends the same value (line 5)"
    ]


def test_a_fact_that_nothing_uses_is_named_with_the_reason() -> None:
    before, after = (document(Claim(5, "operation", "", {"poll_seconds": span}, "report")) for span in ([3, 5], [2, 4]))
    assert news(before, after) == [
        "report operation: poll seconds [2, 4], was [3, 5] (line 5); read, and not used: "
        "the client polls with a backoff of its own"
    ]
