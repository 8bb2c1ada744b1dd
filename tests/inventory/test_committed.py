"""What the committed catalog holds of the documents beside endpoints: costs, defaults, errors, advice, sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from codegen import paths, yamlio

SERVICES = sorted(path.stem for path in paths.OPENAPI.glob("*.yaml"))
CATALOG: dict[str, dict[str, Any]] = {name: yamlio.load(paths.OPENAPI / f"{name}.yaml") for name in SERVICES}
METHODS = frozenset({"get", "post", "put", "patch", "delete"})


def operations(service: str) -> Iterator[dict[str, Any]]:
    for item in CATALOG[service]["paths"].values():
        yield from (node for method, node in item.items() if method in METHODS)


def making(service: str) -> list[dict[str, Any]]:
    """Return the operations that make something."""
    return [node for node in operations(service) if "assets" in str(node.get("x-task"))]


def disagreement(service: str, **about: str) -> dict[str, Any]:
    rows = yamlio.load(paths.SPECS / "evidence" / f"{service}.yaml")["disagreements"]
    return next(row for row in rows if about.items() <= row.items())


def test_a_code_beside_data_is_a_listed_and_decided_disagreement() -> None:
    row = disagreement("tomoviee", subject="response", fact="with_data")
    assert (row["holds"], row["rule"]) == ("report", "decision")
    assert {reading["value"] for reading in row["readings"]} == {"report", "error"}


@pytest.mark.parametrize("operation", ["firstLastFrameToVideo", "imageToVideo"])
def test_what_only_a_script_sends_is_no_default(operation: str) -> None:
    schemas = CATALOG["tomoviee"]["components"]["schemas"]
    ratio = schemas[f"{operation[0].upper()}{operation[1:]}Request"]["properties"]["aspect_ratio"]
    assert "default" not in ratio
    assert "script sends 16:9" in ratio["description"]


def test_a_code_is_repeated_as_often_as_the_documents_say() -> None:
    assert CATALOG["edrawmax"]["x-error-codes"]["codes"]["3001"]["retry"] == "once"


def test_a_task_that_is_not_there_is_an_error_of_the_report_alone() -> None:
    assert CATALOG["mediaio"]["x-error-codes"]["codes"]["40003"]["operations"] == ["getTaskResult"]


def test_a_file_that_is_too_large_is_an_error_of_operations_with_files() -> None:
    found = {node["operationId"]: "413" in node["responses"] for node in operations("tomoviee")}
    assert found["imageToVideo"]
    assert not found["textToSpeech"]
    assert not found["textToMusic"]


def test_every_image_has_the_limits_that_one_line_states_for_all() -> None:
    schemas = CATALOG["tomoviee"]["components"]["schemas"]
    images = [
        (name, key, schema["x-media"])
        for name, row in schemas.items()
        for key, schema in row.get("properties", {}).items()
        if key in ("image", "image_tail", "init_image", "mask_image", "mask") and "x-media" in schema
    ]
    assert len(images) > 3
    without = ", ".join(f"{name}.{key}" for name, key, media in images if not media.keys() & {"max_bytes", "bytes"})
    assert not without, f"no document states any more how large these images may be: {without}"


@pytest.mark.parametrize(
    ("service", "expected"), [("edrawmax", "free_for_now"), ("mediaio", "credits"), ("tomoviee", "")]
)
def test_costs_are_what_a_document_states(service: str, expected: str) -> None:
    found = [re.findall(r"'costs': '(\w+)'", str(node)) for node in making(service)]
    assert found
    assert found == [[expected] if expected else []] * len(found)


@pytest.mark.parametrize("service", SERVICES)
def test_each_model_says_what_it_is_good_for_and_cites_it(service: str) -> None:
    cites = yamlio.load(paths.SPECS / "evidence" / f"{service}.yaml")["cites"]
    found = {node["operationId"]: node.get("x-traits", {}) for node in making(service)}
    assert found
    silent = [name for name, row in found.items() if not (row.get("best_for") or row.get("strengths"))]
    names = ", ".join(silent)
    assert not silent, f"specs/overlays/{service}.advice.yaml: write x-traits with `best_for` and `cites` of {names}"
    assert len([place for place in cites if place.endswith("/x-traits")]) >= len(found)


def test_models_are_compared_by_speed_price_sound_and_resolution() -> None:
    traits = [node.get("x-traits", {}) for node in making("mediaio")]
    for name in ("speed", "price", "audio", "shots", "max_resolution", "max_seconds"):
        assert any(name in row for row in traits), name


ADVICE = {"textToSpeech": "Write numbers", "videoContinuation": "last frame", "imageToVideo": "what moves"}


@pytest.mark.parametrize("operation", ADVICE)
def test_an_operation_says_how_to_ask_for_it(operation: str) -> None:
    node = next(node for node in operations("tomoviee") if node["operationId"] == operation)
    texts = " ".join(row["text"] for row in node["x-prompting"]["advice"])
    assert node["x-prompting"]["formula"]
    assert ADVICE[operation] in texts


def test_what_holds_for_each_prompt_is_said_once() -> None:
    found = CATALOG["tomoviee"]["x-prompting"]
    assert set(found["languages"]) == {"Chinese", "English"}
    assert found["avoid"]
    assert found["poor"]
    assert any("open to the public" in row["text"] for row in found["advice"])


def test_a_longer_video_is_all_its_clips() -> None:
    node = next(node for node in operations("tomoviee") if node["operationId"] == "videoContinuation")
    assert any("first one too" in note for note in node["x-traits"]["notes"])


@pytest.mark.parametrize("service", ["mediaio", "tomoviee"])
def test_the_documentation_of_the_vendor_is_named(service: str) -> None:
    assert CATALOG[service]["externalDocs"]["url"].startswith("https://")


def test_errors_have_a_cause_and_advice() -> None:
    for code in ("400", "413", "422"):
        assert {"cause", "advice"} <= CATALOG["tomoviee"]["x-error-codes"]["http"][code].keys()


def test_a_diagram_has_its_source_beside_the_pictures() -> None:
    texts = [str(node) for node in operations("edrawmax")]
    assert texts
    assert all("'sources':" in text for text in texts)


def test_the_report_counts_facts_and_leaves_none_unread() -> None:
    text = (paths.SPECS / "RECONCILIATION.md").read_text(encoding="utf-8")
    total = next(line for line in text.splitlines() if line.startswith("| all |"))
    cells = [int(cell) for cell in total.split("|")[3:-1]]
    stated, claimed, advice, aside = cells[-4:]
    assert 0 < claimed + advice + aside <= stated
    left = re.findall(r"not understood: `(.*?)`", text)
    assert not left, f"specs/RECONCILIATION.md: {len(left)} lines that nothing reads: read them or set them aside"
    assert stated == claimed + advice + aside
    assert "Facts that nothing uses" in text


def test_what_only_a_script_sends_is_no_default_of_an_image() -> None:
    request = CATALOG["tomoviee"]["components"]["schemas"]["ImageToImageRequest"]
    supplied = ("width", "height", "batch_size", "control_intensity", "control_type", "init_image")
    assert {name for name in supplied if "default" in request["properties"][name]} == set()
    assert set(supplied) - {"init_image"} <= set(request["required"])


@pytest.mark.parametrize("operation", ["NanoBanana", "NanoBananaPro", "Seedream40"])
def test_an_example_with_text_for_a_list_is_a_listed_disagreement(operation: str) -> None:
    text = (paths.SPECS / "RECONCILIATION.md").read_text(encoding="utf-8")
    section = text.split(f"### imageToImage{operation} (")[1].split("\n### ")[0]
    assert "images is '<url>', against type 'array'" in section


def test_a_camera_number_with_two_names_is_a_listed_disagreement() -> None:
    row = disagreement("tomoviee", subject="label", name="camera_move_index.23")
    assert {reading["value"] for reading in row["readings"]} == {"timelapse landscape", "orbit around subject"}


def test_a_value_says_how_many_pixels_it_means() -> None:
    for name in ("TextToVideoRequest", "ImageToVideoRequest"):
        meanings = CATALOG["tomoviee"]["components"]["schemas"][name]["properties"]["resolution"]["x-choices"]
        assert "1280 x 720" in str(meanings)
        assert "1920 x 1080" in str(meanings)


def test_an_agent_joins_all_clips_of_a_longer_video() -> None:
    text = (paths.GENERATED / "wondergen" / "_catalog" / "skill" / "SKILL.md").read_text(encoding="utf-8")
    recipe = text.split("## A video longer than one clip")[1].split("\n## ")[0]
    assert "first.mp4 second.mp4 third.mp4 > clips.txt" in recipe
    assert "ffmpeg -f concat" in recipe
