"""SKILL.md, references, guides: bullets, tables and remarks become claims about the right operation, on their line."""

from __future__ import annotations

import pytest

from codegen.documents.claims import VendorDocument
from tests.documents.conftest import Read, ReadFolder
from tests.documents.invented_service import SKILL, described, entry, found, line_of

SONG = "cw_song"


def test_bullets_become_parameters_of_the_skills_own_operation(skill: VendorDocument) -> None:
    assert found(skill, "parameter", "lyrics", SONG) == {"required": True, "max_tokens": 40}
    assert found(skill, "parameter", "length", SONG) == {
        "required": True,
        "minimum": 3,
        "maximum": 60,
        "unit": "second",
    }
    assert found(skill, "parameter", "key", SONG) == {"enum": ["major", "minor"], "default": "major"}


def test_limits_below_a_bullet_are_its_own(skill: VendorDocument) -> None:
    picture = found(skill, "parameter", "picture", SONG)
    assert (picture["formats"], picture["min_width"], picture["max_aspect"]) == (["jpg", "png"], 64, "3:1")
    assert found(skill, "parameter", "stencil", SONG)["same_size_as"] == "picture"


def test_the_bullets_of_a_document_are_one_closed_list(skill: VendorDocument) -> None:
    names = ["lyrics", "length", "voices", "key", "picture", "stencil"]
    assert found(skill, "list", "parameters", SONG) == {"names": names}


def test_every_claim_stands_on_its_line(skill: VendorDocument) -> None:
    (line,) = [claim.line for claim in skill.claims if (claim.subject, claim.name) == ("parameter", "voices")]
    assert line == line_of(SKILL, "`voices` (optional)")


def test_states_are_mapped_to_ours(skill: VendorDocument) -> None:
    states = {claim.name: claim.facts["state"] for claim in skill.claims if claim.subject == "status"}
    assert states == {
        "1": "queued",
        "2": "running",
        "3": "succeeded",
        "4": "failed",
        "5": "cancelled",
        "6": "timed_out",
    }


def test_an_example_call_keeps_values_and_drops_prose(skill: VendorDocument) -> None:
    expected = {"lyrics": "<text>", "length": 30, "picture": "<url>"}
    assert found(skill, "example", "sing_song", SONG, "example") == {"arguments": expected}


def test_the_key_of_a_result_belongs_to_the_operation_that_made_the_task(skill: VendorDocument) -> None:
    assert found(skill, "result", "song_path", SONG, "example") == {"type": "array"}


def test_version_date_and_capability_are_the_skills(skill: VendorDocument) -> None:
    assert (skill.version, skill.published, skill.capability) == ("1.4.2", "2026-03-08", (SONG,))


def test_endpoints_name_operations_by_their_last_segment(skill: VendorDocument) -> None:
    assert found(skill, "operation", "", SONG)["url"].endswith("/make/cw_song")
    assert found(skill, "operation", "", "job")["url"] == "https://api.choir.example/v1/job"
    assert found(skill, "server", "https://api.choir.example") == {}


def test_sections_of_an_overview_keep_their_parameters_apart(overview: Read) -> None:
    document = overview("")
    assert found(document, "parameter", "length", SONG) == {"minimum": 5, "maximum": 90, "default": 9, "unit": "second"}
    assert found(document, "list", "parameters", "cw_video") == {"names": ["video", "tone_index", "ratio", "voice_id"]}
    assert found(document, "operation", "", SONG)["name"] == "Sing-a-Song"


def test_parameters_over_several_sections_are_one_list(own: Read) -> None:
    document = own(
        "# Song\n## Text Parameters\n- `lyrics` (required): words\n## Output Parameters\n"
        "- `length` (required): `3-60`\n"
    )
    assert found(document, "list", "parameters", SONG) == {"names": ["lyrics", "length"]}


def test_a_title_may_say_that_its_parameters_are_required(own: Read) -> None:
    document = own("# Song\n### Required Parameters\n- `lyrics`: words\n### Optional Parameters\n- `key`: the key\n")
    assert found(document, "parameter", "lyrics", SONG) == {"required": True}
    assert found(document, "parameter", "key", SONG) == {"required": False}


def test_tables_give_type_presence_default_and_the_phrases_of_their_description(own: Read) -> None:
    rows = (
        "| lyrics | string | Yes | — | Words. Maximum string length: 9. |\n"
        '| tongue | string | No | "en" | Language: en, de, fr |\n'
    )
    document = own(
        "# Song\n### Request Parameters\n| Field | Type | Required | Default | Description |\n"
        f"|---|---|---|---|---|\n{rows}"
    )
    assert found(document, "parameter", "lyrics", SONG) == {"type": "string", "required": True, "max_length": 9}
    assert found(document, "parameter", "tongue", SONG) == {
        "type": "string",
        "required": False,
        "default": "en",
        "enum": ["en", "de", "fr"],
    }


def test_error_tables_give_class_message_and_retry(own: Read) -> None:
    rows = (
        "| 400 | words are required | Ask |\n| 3001 | concurrency limit | Wait a bit, then retry once |\n"
        "| 9 | it failed | Retry once; then give up |\n"
    )
    document = own(f"# Song\n## Errors\n| code | msg | Action |\n|---|---|---|\n{rows}")
    assert found(document, "error", "400") == {
        "error": "BadRequest",
        "channel": "in-band",
        "message": "words are required",
    }
    assert found(document, "error", "3001")["retry"] == "after_delay"
    assert (found(document, "error", "9")["error"], found(document, "error", "9")["retry"]) == ("ServerError", "once")


def test_error_bullets_are_http_below_600_and_in_band_above(own: Read) -> None:
    text = (
        "# Song\n## Errors\n**Common Errors**:\n- `413`: Image too large (must be <9M)\n"
        "- `490505`: insufficient credits.\n- Task status `4`: Generation failed\n"
    )
    document = own(text)
    file_error = {"error": "BadRequest", "channel": "http", "about": "file", "meaning": "too large"}
    assert found(document, "error", "413") == file_error
    assert found(document, "error", "490505") == {
        "error": "InsufficientCredits",
        "channel": "in-band",
        "message": "insufficient credits",
    }
    assert found(document, "status", "4") == {"state": "failed", "meaning": "generation failed"}
    assert not document.unread


def test_a_code_whose_kind_of_error_no_reader_knows_is_claimed_as_such(own: Read) -> None:
    document = own("# Song\n## Errors\n- `499`: it went purple\n")
    assert found(document, "error", "499")["unknown_error"] is True


def test_the_first_sentence_says_what_kind_of_error_a_code_is(own: Read) -> None:
    document = own("# Song\n## Errors\n- `7009`: too few credits. Buy more; the API key is fine.\n")
    assert found(document, "error", "7009")["error"] == "InsufficientCredits"


LISTS = [
    "**Status codes**:\n- `1` queued\n- `3` done\n- `8` mothballed\n",
    "## Task status\n| Status | Meaning |\n|--|--|\n| done | it is there |\n| `8` | put away |\n",
    "The `data.status` is one of `queued`, `done`, `8`.\n",
    "Task status: `queued`, `done`, `8`\n",
]


@pytest.mark.parametrize("text", LISTS)
def test_a_word_in_a_list_of_states_that_no_reader_knows_is_claimed_as_such(own: Read, text: str) -> None:
    assert found(own(f"# Song\n{text}"), "status", "8") == {"unknown_state": True}


def test_a_field_in_a_list_without_states_is_no_state(own: Read) -> None:
    document = own("# Song\n## Status\n- `mood`: how it feels\n- `tempo`: how quick it is\n")
    assert not [claim for claim in document.claims if claim.subject == "status"]


def test_a_numbered_table_labels_the_values_of_the_parameter_above_it(own: Read) -> None:
    document = own(
        "# Tones\nAll tones for the `tone_index` parameter.\n## Tones (1-2)\n"
        "| Index | Type | Description |\n|--|--|--|\n| 1 | low | deep |\n| 2 | high | up |\n"
    )
    assert found(document, "label", "tone_index.2") == {"label": "high"}
    assert found(document, "parameter", "tone_index") == {"minimum": 1, "maximum": 2}


def test_a_comment_behind_a_number_is_a_label_by_example(own: Read) -> None:
    document = own("# Song\n```python\nclient.sing_song(\n    lyrics='x',\n    tone_index=5  # Very low\n)\n```\n")
    assert found(document, "label", "tone_index.5", by="example") == {"label": "very low"}


def test_languages_are_labels_of_the_parameter_they_are_for(own: Read) -> None:
    document = own("# Song\n## Languages\nMap the voice to the `tongue` param:\n- English → `en`, Deutsch → `de`\n")
    assert found(document, "label", "tongue.de") == {"label": "Deutsch"}
    assert not document.unread


def test_a_callback_payload_is_read_although_it_lacks_a_comma(own: Read) -> None:
    document = own(
        '# Song\n**Callback Payload**:\n```json\n{\n  "task_id": "x",\n  "status": 3\n  "params": "p"\n}\n```\n'
    )
    assert [claim.name for claim in document.claims if claim.subject == "callback"] == ["task_id", "status", "params"]
    assert found(document, "callback", "status") == {"type": "integer"}


def test_a_broken_call_still_shows_its_arguments(own: Read) -> None:
    document = own(
        "# Song\n```python\ntask = client._send({\nlyrics='la la la'\ntone_type='2' # deep/default\n})\n```\n"
    )
    assert found(document, "example", SONG, SONG, "example") == {"arguments": {"lyrics": "<text>", "tone_type": "2"}}
    assert found(document, "label", "tone_type.2", SONG, "example") == {"label": "deep"}
    assert found(document, "parameter", "tone_type", SONG, "example") == {"default": "2"}


def test_results_are_followed_in_two_steps(overview: Read) -> None:
    more = (
        "## More\n```python\nt = client.sing_song(lyrics='x')\nr = client.wait_for(t)\n"
        "d = json.loads(r['result'])\nurls = d['song_path']\n```\n"
    )
    assert found(overview(more), "result", "song_path", SONG, "example") == {}


def test_a_method_without_a_script_belongs_to_the_section_that_calls_it(overview: Read) -> None:
    document = overview("**Example**:\n```python\ntask = client.film_choir(video='https://example.com/v.mp4')\n```\n")
    assert found(document, "example", "film_choir", "cw_video", "example") == {"arguments": {"video": "<url>"}}


def test_output_and_timing_are_facts(overview: Read) -> None:
    document = overview(
        "## Output Format\n- **Format**: MP3 (small)\n- **Sample Rate**: 44.1kHz or 48kHz\n## Times\n"
        "**Generation Times**:\n- Sing-a-Song: 30s - 2min\n"
        "## Notes\nGenerate a 5-second clip.\n"
    )
    assert found(document, "output", "sample_rate", SONG) == {"value": [44100, 48000]}
    assert found(document, "operation", "", SONG)["typical_seconds"] == [30, 120]
    assert found(document, "operation", "", "cw_video")["output_seconds"] == 5
    assert not document.unread


def test_credentials_headers_and_servers_are_facts(own: Read) -> None:
    document = own(
        "# Song\n- Sensitive credentials required: `app_key` and `app_secret`\n"
        "- Auth: `Authorization: Basic <base64(app_key:app_secret)>`\n"
        "- Developer portal: `https://choir.example/developers.html`\n"
        "- `user_id` is extracted by the server from `X-User-ID` (defaults to 0)\n"
        "- Compatible gateway alias: `https://alias.choir.example`\n"
    )
    assert found(document, "credential", "app_key") == {
        "required": True,
        "obtain": "https://choir.example/developers.html",
    }
    assert found(document, "header", "Authorization") == {"value": "Basic <base64(app_key:app_secret)>"}
    assert found(document, "header", "X-User-ID") == {"value": "<user_id>", "default": "0"}
    assert found(document, "server", "https://alias.choir.example") == {"alias": True}


def test_a_word_in_place_of_the_value_says_whether_a_header_must_be_sent(own: Read) -> None:
    document = own(
        "# Song\n## Headers\n- `X-Tenant: required`\n- `X-Trace: optional`\n- X-Zone: `required, from the console`\n"
        "- `X-Mode: required-only`\n\n"
        "| Header | Required | Value |\n|---|---|---|\n| X-Shop | Yes | `<shop>` |\n| X-Lane | No | `fast` |\n"
        "| Authorization | Yes | `Bearer <token>` |\n"
    )
    assert found(document, "header", "X-Tenant") == {"required": True}
    assert found(document, "header", "X-Trace") == {"required": False}
    assert found(document, "header", "X-Zone") == {"required": True}
    assert found(document, "header", "X-Mode") == {"value": "required-only"}
    assert found(document, "header", "X-Shop") == {"required": True, "value": "<shop>"}
    assert found(document, "header", "X-Lane") == {"required": False, "value": "fast"}
    assert [row.line for row in document.unread] == []
    assert found(document, "header", "Authorization") == {"required": True, "scheme": "Bearer"}


CATALOG = """\
# Reference
- Generated at: 2026-03-16 17:26:49
- Total APIs: 2
### Text To Song (1)
- Choir 2 | model_code=t2s-choir-2 | POST https://api.choir.example/song/t2s-choir-2
### Text To Song
#### Text To Song-1 Choir 2 (model_code: t2s-choir-2)
- API ID: 7
- Method: POST
- Endpoint: https://api.choir.example/song/t2s-choir-2
- Description: The 3rd best choir.
##### Template
```python
result = skill.invoke(
    'Choir 2',
    {
        "words": "<required>",
        "mood": "<optional>"
    },
    api_key=api_key
)
```
#### Film To Song-1 Choir 2 (model_code: f2s-choir-2)
- Endpoint: https://api.choir.example/song/f2s-choir-2
### 5.1 Film To Song
| API | Minimum params |
|---|---|
| Choir 2 | {"words": "<text prompt>"} |
"""


def test_a_catalog_of_operations_is_read_by_name_group_and_code(read_folder: ReadFolder) -> None:
    api = described(
        entry(), entry("Choir 2 (Film To Song)", "f2s-choir-2", endpoint="https://api.choir.example/song/f2s-choir-2")
    )
    skill = "---\nname: choir-all\ndescription: Everything.\n---\n# All\n"
    files = read_folder({"SKILL.md": skill, "scripts/api.json": api, "references/all.md": CATALOG})
    document = files["references/all.md"]
    assert found(document, "operation", "", "t2s-choir-2")["name"] == "Choir 2"
    assert found(document, "parameter", "words", "t2s-choir-2", "example") == {"required": True}
    assert found(document, "parameter", "mood", "t2s-choir-2", "example") == {"required": False}
    assert found(document, "example", "Choir 2", "f2s-choir-2", "example") == {"arguments": {"words": "<text>"}}
    assert document.published == "2026-03-16"
    assert document.capability == ("f2s-choir-2", "t2s-choir-2")
    assert not document.unread


def test_requests_without_an_operation_of_their_own_hold_for_the_service(read_folder: ReadFolder) -> None:
    text = (
        "---\nname: draw\ndescription: Draw.\nmetadata:\n  version: 2.1.0\n---\n# Draw\n"
        "| Intent | Type | Endpoint |\n|---|---|---|\n| boxes | **boxes** | `/make/draw-boxes` |\n"
        "| lines | **lines** | `/make/draw-lines` |\n\n"
        "**Base URL:** `https://draw.example/api`\n\n"
        "### Request Parameters\n| Field | Type | Required | Default | Description |\n"
        "|---|---|---|---|---|\n| idea | string | Yes | — | what |\n\n"
        '**Boxes** returns:\n```json\n{ "code": 0, "data": { "box_url": "x" } }\n```\n'
    )
    document = read_folder({"SKILL.md": text})["SKILL.md"]
    assert document.capability == ("draw-boxes", "draw-lines")
    assert document.version == "2.1.0"
    assert found(document, "operation", "", "draw-boxes") == {"name": "boxes", "path": "/make/draw-boxes"}
    assert found(document, "parameter", "idea") == {"type": "string", "required": True}
    assert found(document, "response", "data.box_url", "draw-boxes", "example") == {"type": "string"}
    assert found(document, "server", "https://draw.example/api") == {}


DRAW = (
    "---\nname: draw\ndescription: Draw.\n---\n# Draw\n"
    "| Intent | Endpoint |\n|---|---|\n| **boxes** | `/make/boxes` |\n"
)


def test_a_note_on_an_operation_that_nobody_names_claims_nothing(read_folder: ReadFolder) -> None:
    note = "\nNote: rings uses `ring_url`, the others use `line_url`.\n"
    document = read_folder({"SKILL.md": DRAW + note})["SKILL.md"]
    assert [row.line for row in document.unread] == [line_of(DRAW + note, "Note")]
    assert not [claim for claim in document.claims if claim.subject == "response"]


def test_a_row_without_an_address_is_no_operation(read_folder: ReadFolder) -> None:
    document = read_folder({"SKILL.md": DRAW + "| rings | `/make/rings` |\n| **dots** | `/` |\n"})["SKILL.md"]
    assert [(claim.operation, claim.facts["path"]) for claim in document.claims] == [
        ("boxes", "/make/boxes"),
        ("rings", "/make/rings"),
    ]


def test_the_empty_end_of_a_row_of_languages_is_no_language(own: Read) -> None:
    table = "| Code | Language | Code | Language |\n|--|--|--|--|\n| en | English | | |\n"
    document = own(f"# Song\n### Parameters\n- `lang`: Language\n\n{table}")
    assert [claim.name for claim in document.claims if claim.subject == "label"] == ["lang.en"]


def test_a_line_may_say_which_of_several_operations_is_the_skills_own(read_folder: ReadFolder) -> None:
    rows = DRAW + "| **lines** | `/make/lines` |\n"
    assert read_folder({"SKILL.md": rows})["SKILL.md"].capability == ("boxes", "lines")
    assert read_folder({"SKILL.md": f"{rows}\nAPI capability: `boxes`\n"})["SKILL.md"].capability == ("boxes",)


def test_values_that_look_like_formats_of_a_file_are_values_of_a_text_with_their_default(own: Read) -> None:
    document = own("# Song\n## Parameters\n- `form` (string, optional): `mp3` or `wav`, default `wav`\n")
    (facts,) = (claim.facts for claim in document.claims if (claim.subject, claim.name) == ("parameter", "form"))
    assert (facts["enum"], facts["default"]) == (["mp3", "wav"], "wav")
    assert not document.unread


ROWS = """\
# Song
POST `https://api.choir.example/v1/sing`
```json
{"code": 0, "data": {"mp3": "https://files.choir.example/a.mp3", "words": "la"}}
```
| HEADER | Type | Description |
|---|---|---|
| mp3 | string | The song |
| words | string | What is sung |
| notes | string | URL of the notes |
"""


@pytest.mark.parametrize("header", ["| Response Field", "**Response fields**:\n\n| Field"])
def test_a_field_that_no_example_shows_stands_beside_the_other_rows_of_its_table(own: Read, header: str) -> None:
    document = own(ROWS.replace("| HEADER", header))
    assert {claim.name for claim in document.claims if claim.subject == "response" and claim.by != "example"} == {
        "data.mp3",
        "data.words",
        "data.notes",
    }


def test_a_field_beside_rows_of_two_objects_is_put_into_neither(own: Read) -> None:
    document = own(ROWS.replace("HEADER", "Response Field") + "| code | integer | 0 on success |\n")
    assert "notes" in {claim.name for claim in document.claims if claim.subject == "response"}


@pytest.mark.parametrize("title", ["Error", "No.", "错误", "Value"])
def test_a_table_of_errors_is_read_whatever_its_column_of_codes_is_called(own: Read, title: str) -> None:
    document = own(
        f"# Song\n## Errors\n| {title} | Message | Reason |\n|---|---|---|\n| 3002 | too loud | Sing low |\n"
    )
    assert [claim.name for claim in document.claims if claim.subject == "error"] == ["3002"]
    assert not document.unread


def test_a_table_of_numbers_that_is_not_about_errors_is_no_table_of_errors(own: Read) -> None:
    document = own("# Song\n## Sizes\n| Value | Name |\n|---|---|\n| 3002 | wide |\n")
    assert not [claim for claim in document.claims if claim.subject == "error"]
