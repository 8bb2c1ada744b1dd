"""To choose a model: filters that go together, names as the vendor has them, advice on the prompt."""

from __future__ import annotations

import json
from typing import Any

import pytest
from wondergen._catalog import index
from wondergen.cli.values import form_of, with_locales

from tests.package.cli.shell import Shell


def models(shell: Shell, *filters: str) -> set[str]:
    rows: list[dict[str, Any]] = json.loads(shell("models", "--json", *filters).stdout)
    return {row["operation"] for row in rows}


def test_filters_go_together(shell: Shell) -> None:
    found = models(shell, "--media", "video", "--audio", "--duration", "10", "--resolution", "1080p")
    assert found == {"mediaio.image_to_video.kling_3_0", "mediaio.image_to_video.wan_2_6"}
    each = [
        models(shell, *one)
        for one in (("--media", "video"), ("--audio",), ("--duration", "10"), ("--resolution", "1080p"))
    ]
    assert found == set.intersection(*each)


def test_a_strength_is_found_by_its_word_alone(shell: Shell) -> None:
    assert models(shell, "--best-for", "text") == {"mediaio.text_to_image.imagen_4"}
    assert models(shell, "--best-for", "physics") == {
        "mediaio.image_to_video.hailuo_02",
        "mediaio.image_to_video.hailuo_2_3",
    }
    assert "edrawmax.gantt" in models(shell, "--best-for", "project plan")


def test_4k_is_a_choice_or_what_a_document_says_of_a_model(shell: Shell) -> None:
    assert models(shell, "--resolution", "4K") == {
        "mediaio.image_to_image.nano_banana_pro",
        "mediaio.image_to_image.seedream_4_0",
    }


def test_a_duration_may_be_within_a_range(shell: Shell) -> None:
    assert "tomoviee.text_to_sound_effect" in models(shell, "--duration", "170")
    assert "tomoviee.text_to_music" not in models(shell, "--duration", "170")


def test_what_nothing_fits_is_told_filter_by_filter(shell: Shell) -> None:
    result = shell("models", "--media", "diagram", "--audio")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "4 with --media alone" in result.stderr
    assert json.loads(shell("models", "--media", "diagram", "--audio", "--json").stdout) == []


@pytest.mark.parametrize(
    "words, title",
    [
        (["Kling 3.0"], "mediaio image-to-video kling-3-0"),
        (["kling", "3.0"], "mediaio image-to-video kling-3-0"),
        (["i2v-kling-v3-0"], "mediaio image-to-video kling-3-0"),
        (["mediaio", "Imagen 4"], "mediaio text-to-image imagen-4"),
        (["Wan 2.6 (Text To Video)"], "mediaio text-to-video wan-2-6"),
        (["tm_text2music"], "tomoviee text-to-music"),
        (["generate-gantt"], "edrawmax gantt"),
    ],
)
def test_explain_knows_the_names_of_the_vendors(shell: Shell, words: list[str], title: str) -> None:
    assert shell("explain", *words).stdout.startswith(f"{title}:")


def test_explain_guesses_what_somebody_wants_to_do(shell: Shell) -> None:
    result = shell("explain", "remove this person from the picture")
    assert result.exit_code == 2
    assert "tomoviee image-redrawing" in result.stderr


@pytest.mark.parametrize("service, name, row", list(index.every()))
def test_everything_that_makes_something_has_traits_and_advice(
    shell: Shell, service: str, name: str, row: dict[str, Any]
) -> None:
    result = shell("explain", f"{service}.{name}", "--prompting")
    if "media" not in row:
        assert "no document gives advice on it" in result.stdout
        return
    assert row["traits"].get("strengths") or row["traits"].get("best_for")
    assert result.stdout.count("<-") >= 2


def test_advice_is_json_for_scripts(shell: Shell) -> None:
    found = json.loads(shell("explain", "tomoviee.video_soundtrack", "--prompting", "--json").stdout)
    assert any("match the length of the video" in one["text"] for one in found["advice"])
    assert {"Chinese", "English"} == set(found["languages"])


@pytest.mark.parametrize(
    "locale, lang", [("ja-JP", "jp"), ("zh_Hant_TW", "tw"), ("zh", "cn"), ("pt-BR", "pt"), ("jp", "jp")]
)
def test_a_locale_stands_for_the_language_of_a_diagram(shell: Shell, locale: str, lang: str) -> None:
    result = shell("edrawmax", "gantt", "a; b", "--lang", locale, "--offline", "--no-save", "--json")
    assert result.exit_code == 0
    kind = index.operations("edrawmax")["gantt"]["parameters"]
    form = next(row for row in kind if row["name"] == "lang")
    assert with_locales(form_of(form["type"]), form["locales"]).read(locale) == lang


def test_a_language_that_is_none_is_for_the_client_to_refuse(shell: Shell) -> None:
    result = shell("edrawmax", "gantt", "a; b", "--lang", "tlh", "--offline", "--no-save")
    assert (result.exit_code, "tlh" in result.stderr) == (2, True)
