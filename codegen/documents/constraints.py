"""Rules for what is said about parameters outside their own list: constraints, quotas, guidelines, values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from codegen.documents import phrases, sections
from codegen.documents.context import Context
from codegen.documents.phrase_rules import literal
from codegen.documents.sections import Passage
from codegen.documents.signals import signal_of
from codegen.documents.vocabulary import AUDIO_FORMATS, IMAGE_FORMATS, VIDEO_FORMATS

Target = tuple[str | None, str]
_MEDIA_FACTS = frozenset("formats max_bytes min_bytes min_seconds max_seconds exact_resolution".split())
_MEDIA_TITLE = r"constraints?$|requirements?$|quota|limits$"


def _claim(context: Context, passage: Passage, targets: Iterable[Target], facts: dict[str, Any]) -> bool:
    rows = list(targets)
    for operation, name in rows:
        context.accounting.claim(passage.line, "parameter", name, facts, operation)
    return bool(rows)


def _read(context: Context, passage: Passage) -> bool:
    context.accounting.assign(passage.line, "read")
    return True


def media(passage: Passage, context: Context) -> bool:
    """Read lines such as - Formats: PNG; - File size: <9M; - Video input must be 5s, under a title about limits"""
    heading = passage.headings[-1].lower() if passage.headings else ""
    if passage.block.kind != "item" or not (re.search(_MEDIA_TITLE, passage.title) or re.search(_MEDIA_TITLE, heading)):
        return False
    text = re.sub(r"\b(5s|\d+s), (\d{3,4}p)\b", r"\1 duration, \2", sections.bare(passage.text))
    reading = phrases.read(re.sub(r"^image number.*", "", text, flags=re.IGNORECASE))
    facts = {key: value for key, value in reading.facts.items() if key in _MEDIA_FACTS or key == "exclusive_bytes"}
    if not _MEDIA_FACTS & set(facts):
        return False
    kinds = _kinds(passage, text, facts)
    targets = [target for kind in kinds for target in context.media(passage, kind)]
    about = re.search(r"\bfor (\w+) API", text)
    if about and (section := context.section_like(about[1])):
        targets = [target for target in targets if target[0] == section]
    if signal := signal_of(re.sub(r"\bimage/video|\bfor \w+ API", " ", reading.rest), context.names, advice=True):
        context.accounting.unread(passage.line, signal)
    if passage.operation is None and not about and None not in kinds and targets:
        return context.limit(passage, kinds, facts)
    return _claim(context, passage, dict.fromkeys(targets), facts)


def _kinds(passage: Passage, text: str, facts: dict[str, Any]) -> list[str | None]:
    """Return which kind of file a line is about: it says so, or its formats do, or the title above."""
    formats = set(facts.get("formats", ()))
    for kind, formats_of_kind in (("image", IMAGE_FORMATS), ("video", VIDEO_FORMATS), ("audio", AUDIO_FORMATS)):
        if formats and formats <= formats_of_kind:
            return [kind]
    kinds = [kind for kind in ("image", "video", "audio") if re.search(rf"\b{kind}s?\b", text.lower())]
    above = [kind for kind in ("image", "video", "audio") if kind in passage.title]
    return [*kinds] or [*above] or [None]


def mask(passage: Passage, context: Context) -> bool:
    """Read White pixels (255, 255, 255) = areas to redraw; White mask area: redraw; Same dimensions as input image"""
    text = sections.bare(passage.text)
    match = re.match(
        r"^(white|black) (?:mask area|pixels \([\d, ]+\))\s*[:=]\s*(?:areas to )?(redraw|keep|preserve)\b",
        text,
        re.IGNORECASE,
    )
    targets = [target for target in context.media(passage, "image") if "mask" in target[1]]
    if match:
        for target in targets:
            _, meaning = context.later.meanings.setdefault(target, (passage.line, {}))
            meaning[match[1].lower()] = "redraw" if match[2].lower() == "redraw" else "keep"
        context.accounting.understands(passage.line, 255 if match[1].lower() == "white" else 0)
        return bool(targets) and _read(context, passage)
    same = re.match(r"^same (?:dimensions|size|resolution) as (?:the )?input image$", text, re.IGNORECASE)
    if same and targets:
        for operation, name in targets:
            other = next(
                (another for op, another in context.media(passage, "image") if op == operation and another != name),
                None,
            )
            if other:
                context.accounting.claim(passage.line, "parameter", name, {"same_size_as": other}, operation)
        return True
    return False


def option(passage: Passage, context: Context) -> bool:
    """Read - `16:9`: what it is good for, under "Aspect Ratio Options": new only if it is not a value yet"""
    heading = passage.headings[-1] if passage.headings else ""
    heading_name = sections.heading_name(heading)
    titled = re.match(r"(.+?) options$", heading.lower())
    name = heading_name[1] if heading_name else titled[1].replace(" ", "_") if titled else ""
    value = re.match(r"^`([\w*:.-]+)`:", passage.text)
    having = [facts[name] for facts in context.parameters.values() if name in facts]
    if passage.block.kind != "item" or not value or not any(_allows(facts, value[1]) for facts in having):
        return False
    context.accounting.repeats(passage.line, value[1], *re.findall(r"\d+", value[1]))
    for operation, facts in context.parameters.items():
        if value[1] in map(str, facts.get(name, {}).get("enum", ())):
            context.later.listed_options.setdefault((operation, name), []).append((passage.line, value[1]))
    if size := re.search(r"\b(\d{3,5})\s*[x×]\s*(\d{3,5})\b", passage.text):
        pixels = [int(size[1]), int(size[2])]
        for operation in (one for one, facts in context.parameters.items() if name in facts):
            context.accounting.claim(passage.line, "label", f"{name}.{value[1]}", {"pixels": pixels}, operation)
    return True


def _allows(facts: dict[str, Any], value: str) -> bool:
    ends = [literal(part) for part in value.split("-")] if re.fullmatch(r"\d+(?:-\d+)?", value) else []
    if ends and "minimum" in facts and "maximum" in facts:
        return bool(facts["minimum"] <= ends[0] and ends[-1] <= facts["maximum"])
    return value in [str(item) for item in facts.get("enum", ())]


def open_values(passage: Passage, context: Context) -> bool:
    """Read - **Chinese**: `id`, `id` under "Voice ID Options": known values of a set that is not closed"""
    match = re.match(r"^(?:common )?(.+?)s? (?:options|include)$", passage.title)
    name = match[1].replace(" ", "_") if match else ""
    if passage.block.kind != "item" or not re.fullmatch(
        r"[^`]+:\s*(?:`[\w-]+`(?:,\s*)?)+", sections.bare(passage.text)
    ):
        return False
    targets = [operation for operation, names in context.parameters.items() if name in names]
    for operation in targets:
        context.later.open_values.setdefault((operation, name), []).append(
            (passage.line, re.findall(r"`([\w-]+)`", passage.text))
        )
        context.accounting.assign(passage.line, "read")
    return bool(targets)


def guidance(passage: Passage, context: Context) -> bool:
    """Read - Short (5-30s): jingles, under "Duration Guidelines": only a use outside the range is news"""
    match = re.match(r"^(?:[\w /]+ \((\d+)-(\d+)s\)|`(\d+)-(\d+)s`):", sections.bare(passage.text))
    title = re.match(r"^(\w+) guid", passage.title)
    if passage.block.kind != "item" or not match or not title:
        return False
    low, high = (int(end) for end in match.groups() if end is not None)
    for operation in context.with_parameter(passage, title[1]):
        facts = context.parameters[operation].get(title[1], {}) if operation in context.parameters else {}
        outside: dict[str, Any] = {}
        if low < facts.get("minimum", low):
            outside["minimum"] = low
        if high > facts.get("maximum", high):
            outside["maximum"] = high
        if outside:
            context.accounting.claim(passage.line, "parameter", title[1], outside, operation, "example")
    context.accounting.repeats(passage.line, low, high, f"{low}-{high}s")
    return True


def guideline(passage: Passage, context: Context) -> bool:
    """Read - Maximum 9 characters per request; - Optional, under "Text Guidelines": about the parameter in the title"""
    title = re.match(r"^(\w+) (?:guidelines|requirements)$", passage.title)
    if passage.block.kind != "item" or not title or passage.operation is None:
        return False
    if title[1] not in context.parameters.get(passage.operation, {}):
        return False
    reading = phrases.read(re.sub(r" per request$", "", passage.text))
    facts = {key: value for key, value in reading.facts.items() if key in ("max_length", "required", "max_tokens")}
    return bool(facts) and _claim(context, passage, [(passage.operation, title[1])], facts)


def mention(passage: Passage, context: Context) -> bool:
    """Read `camera_index` (1-9); Only `5 seconds` is supported, under "Duration": about a known parameter"""
    text = sections.bare(passage.text)
    names = [
        name
        for name in context.parameter_names
        if f"`{name}`" in text or ("_" in name and re.search(rf"\b{re.escape(name)}(?!\w)", text))
    ]
    heading = passage.headings[-1].lower() if passage.headings else ""
    if not names:
        names = [
            name
            for name in context.parameter_names
            if name.replace("_", " ") in (heading, passage.title) or _last(name, text, heading)
        ]
        subject = re.match(r"(?:(?:keep|the) )?(\w+)", text.lower())
        if subject and subject[1] in set(context.parameter_names) - set(names):
            return False  # the sentence is about another one than its title
    if len(names) != 1 or passage.block.kind == "row" or passage.text.startswith("`"):
        return False
    reading = phrases.read(re.sub(rf"`?{re.escape(names[0])}`?", "", text).replace("()", ""))
    useful = "required default enum minimum maximum max_length max_tokens".split()
    facts = {key: value for key, value in reading.facts.items() if key in useful}
    if not facts or signal_of(re.sub(r"\bsupported?s?\b", "", reading.rest), context.names, advice=True):
        return False
    return _claim(
        context, passage, [(operation, names[0]) for operation in context.with_parameter(passage, names[0])], facts
    )


def _last(name: str, text: str, heading: str) -> bool:
    """Return whether a short name means a parameter: "index (1-9)" under "Camera Movement" is camera_move_index."""
    words = name.split("_")
    under = all(any(part.startswith(word) for part in heading.split()) for word in words[:-1])
    return len(words) > 1 and under and bool(re.search(rf"\b{words[-1]} \(\d+-\d+\)", text))


def supported(passage: Passage, context: Context) -> bool:
    """Read lines such as - Supported aspect ratios: `16:9`, `9:16`; - Image number range: 1-4"""
    text = sections.bare(passage.text)
    listed = re.match(r"^supported ([\w ]+?)s:\s*((?:`[^`]+`(?:,\s*)?)+)$", text, re.IGNORECASE)
    span = re.match(r"^([\w ]+?) range:\s*(\d+)-(\d+)\b[\w ]*$", text, re.IGNORECASE)
    if listed:
        facts: dict[str, Any] = {"enum": [literal(item) for item in re.findall(r"`([^`]+)`", listed[2])]}
        words = listed[1]
    elif span:
        facts, words = {"minimum": int(span[2]), "maximum": int(span[3])}, span[1]
    else:
        return False
    name = next((parameter for parameter in context.parameter_names if _means(words, parameter)), None)
    if name is None:
        return False
    return _claim(context, passage, [(operation, name) for operation in context.with_parameter(passage, name)], facts)


def _means(words: str, name: str) -> bool:
    """Return whether words mean a parameter: "image number" means image_num."""
    spoken_words, parts = words.lower().split(), name.split("_")
    return len(spoken_words) == len(parts) and all(
        word.startswith(part) for word, part in zip(spoken_words, parts, strict=True)
    )


RULES = (
    mask,
    media,
    option,
    open_values,
    guidance,
    guideline,
    supported,
    mention,
)
