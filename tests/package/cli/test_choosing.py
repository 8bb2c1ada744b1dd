"""To choose a model: filters that go together, names as the vendor has them, advice on the prompt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from wondergen._catalog import index
from wondergen.cli.argument_values import form_of, with_locales

from codegen import paths
from tests import catalog_values
from tests.chosen_operations import DIAGRAM, PICTURE, SOUND, WITH_SOUND, Example
from tests.package.cli.shell import Shell

SHARED = next(
    (
        Example(service, name)
        for service in catalog_values.services()
        for name, (_, node) in catalog_values.operations(service).items()
        if "(" in node["x-vendor"].get("name", "")
    ),
    SOUND,
)
"""An operation of which another has the name before the bracket, if there is one."""

EVERY = list(index.every())
CHOICES = [(service, name) for service, name, row in EVERY if "traits" in row and "media" in row]


def _strengths(row: Mapping[str, Any]) -> list[str]:
    found: list[str] = row.get("traits", {}).get("strengths", [])
    return found


def models(shell: Shell, *filters: str) -> set[str]:
    rows: list[dict[str, Any]] = json.loads(shell("models", "--json", *filters).stdout)
    return {row["operation"] for row in rows}


def test_filters_go_together(shell: Shell) -> None:
    seconds, sharp = str(WITH_SOUND.seconds("duration")), WITH_SOUND.choice("resolution")
    found = models(shell, "--media", "video", "--audio", "--duration", seconds, "--resolution", sharp)
    assert found
    each = [
        models(shell, *one)
        for one in (("--media", "video"), ("--audio",), ("--duration", seconds), ("--resolution", sharp))
    ]
    assert found == set.intersection(*each)


def test_a_strength_is_found_by_its_word_alone(shell: Shell) -> None:
    words = sorted({word for _, _, row in EVERY for word in _strengths(row)})
    assert len(words) > 3
    strong = {word: {f"{at}.{name}" for at, name, row in EVERY if word in _strengths(row)} for word in words[:3]}
    assert {word: models(shell, "--best-for", word) for word in strong} == strong


def test_a_use_that_no_model_is_good_for_is_a_wrong_use(shell: Shell) -> None:
    refused = shell("models", "--best-for", "zzzz")
    assert refused.exit_code == 2
    assert "nothing is known to be good for 'zzzz'; strengths are " in refused.stderr


def test_a_name_that_is_not_there_leads_to_those_spelled_like_it(shell: Shell) -> None:
    names = [row["vendor"]["name"] for *_, row in EVERY if row.get("vendor", {}).get("name")]
    name = max(names, key=len)
    refused = shell("explain", f"{name[:-1]}~")
    assert refused.exit_code == 2
    assert f"for that there may be {name!r}" in refused.stderr


def test_a_resolution_is_a_choice_or_what_a_document_says_of_a_model(shell: Shell) -> None:
    every = {f"{at}.{name}": row for at, name, row in EVERY}
    most = {full: row["traits"].get("max_resolution", "").upper() for full, row in every.items() if "traits" in row}
    for sharp in {value for row in every.values() for value in row.get("resolutions", ())} & set(most.values()):
        choices = {full for full, row in every.items() if sharp in row.get("resolutions", ())}
        traits = {full for full, word in most.items() if word == sharp}
        assert models(shell, "--resolution", sharp) == choices | traits
        if traits - choices:
            return
    pytest.skip("no document says of a model that it makes more than its parameters choose")


def test_a_duration_may_be_within_a_range(shell: Shell) -> None:
    longest = catalog_values.parameter(SOUND.service, SOUND.name, "duration")["maximum"]
    assert SOUND.full in models(shell, "--duration", str(longest))
    assert SOUND.full not in models(shell, "--duration", str(longest + 1))


def test_what_nothing_fits_is_told_filter_by_filter(shell: Shell) -> None:
    result = shell("models", "--media", "diagram", "--audio")
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"{len(models(shell, '--media', 'diagram'))} with --media alone" in result.stderr
    assert json.loads(shell("models", "--media", "diagram", "--audio", "--json").stdout) == []


@pytest.mark.parametrize(
    "words, found",
    [
        ([WITH_SOUND.vendor["name"]], WITH_SOUND),
        (WITH_SOUND.vendor["name"].lower().split(), WITH_SOUND),
        ([WITH_SOUND.vendor["id"]], WITH_SOUND),
        ([PICTURE.service, PICTURE.vendor["name"]], PICTURE),
        ([SHARED.vendor.get("name", SHARED.vendor["id"])], SHARED),
        ([SOUND.vendor["id"]], SOUND),
        ([DIAGRAM.vendor["id"]], DIAGRAM),
    ],
)
def test_explain_knows_the_names_of_the_vendors(shell: Shell, words: list[str], found: Example) -> None:
    assert shell("explain", *words).stdout.startswith(f"{' '.join(found.words)}:")


def test_explain_guesses_what_somebody_wants_to_do(shell: Shell) -> None:
    wishes = {
        Example(service, name): trigger
        for service, name, row in EVERY
        for trigger in row.get("traits", {}).get("triggers", ())
        if trigger.count(" ") > 2
    }
    assert wishes
    results = {found: shell("explain", wish) for found, wish in wishes.items()}
    assert {result.exit_code for result in results.values()} == {2}
    missed = [found.full for found, result in results.items() if " ".join(found.words) not in result.stderr]
    assert len(missed) < len(wishes) / 4, missed


@pytest.mark.parametrize("service, name", CHOICES)
def test_what_a_model_is_good_for_is_told_with_advice(shell: Shell, service: str, name: str) -> None:
    traits = next(row for at, found, row in EVERY if (at, found) == (service, name))["traits"]
    result = shell("explain", f"{service}.{name}", "--prompting")
    assert traits.get("strengths") or traits.get("best_for")
    assert result.stdout.count("<-") >= 2


@pytest.mark.parametrize("service, name", [(service, name) for service, name, row in EVERY if "media" not in row])
def test_what_makes_nothing_has_no_advice(shell: Shell, service: str, name: str) -> None:
    assert "no document gives advice on it" in shell("explain", f"{service}.{name}", "--prompting").stdout


ADVICE = [
    (service, name, node["x-prompting"]["advice"][0]["text"])
    for service in catalog_values.services()
    for name, (_, node) in catalog_values.operations(service).items()
    if node.get("x-prompting", {}).get("advice")
]


def test_advice_is_json_for_scripts(shell: Shell) -> None:
    service, name, advice = ADVICE[0]
    found = json.loads(shell("explain", f"{service}.{name}", "--prompting", "--json").stdout)
    assert any(one["text"] == advice for one in found["advice"])
    assert found["languages"]


@pytest.mark.parametrize("service, name, advice", ADVICE)
def test_advice_of_the_documents_stands_in_explain_and_in_the_reference(
    shell: Shell, service: str, name: str, advice: str
) -> None:
    advice = advice.rstrip(".")
    text = " ".join(shell("explain", f"{service}.{name}", "--prompting").stdout.split())
    assert advice in text
    assert advice in (paths.ROOT / "docs" / "reference" / f"{service}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "locale, lang", [("ja-JP", "jp"), ("zh_Hant_TW", "tw"), ("zh", "cn"), ("pt-BR", "pt"), ("jp", "jp")]
)
def test_a_locale_stands_for_the_language_of_a_diagram(shell: Shell, locale: str, lang: str) -> None:
    result = shell(*DIAGRAM.words, "a; b", "--lang", locale, "--offline", "--no-save", "--json")
    assert result.exit_code == 0
    kind = index.operations(DIAGRAM.service)[DIAGRAM.name]["parameters"]
    form = next(row for row in kind if row["name"] == "lang")
    assert with_locales(form_of(form["type"]), form["locales"]).parse(locale) == lang


def test_a_language_that_is_none_is_for_the_client_to_refuse(shell: Shell) -> None:
    result = shell(*DIAGRAM.words, "a; b", "--lang", "tlh", "--offline", "--no-save")
    assert (result.exit_code, "tlh" in result.stderr) == (2, True)
