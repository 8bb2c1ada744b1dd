"""Rules for lines that carry a sign of a fact and state none: closed phrases about something else."""

from __future__ import annotations

import re

from codegen.documents import list_titles, sections
from codegen.documents.context import Context
from codegen.documents.metadata import generated_on
from codegen.documents.sections import Passage
from codegen.documents.signals import fact_in_words, signal_of
from codegen.documents.vocabulary import plain_characters

_NOISE: tuple[tuple[str, str], ...] = (
    (r"©|copyright|all rights reserved|\blicense:", "legal notice"),
    (r"kept in process memory|\b(?:hardcode|commit|persist)\b.*\bcredentials\b", "keeping a secret"),
)
"""What a line is about that states nothing about the interface, and the reason that is counted. A sentence that one
vendor writes is none of these: decisions set its line aside."""
_ADVICE_TITLE = re.compile(
    r"prompt|component breakdown|\btips\b|do'?s\b|don'?ts\b|best practices|good practices|use cases|checklist|"
    r"solutions|avoid|post-process|language considerations|formula|iteration|goal|when (?:not )?to use|safety"
    r"|compliance|agent behaviou?r|responsib|privacy|disclaimer|使用场景|适用|合规|安全|注意事项"
)


_PROMPT_TITLE = re.compile(r"prompt|component breakdown|\btips\b|do'?s\b|don'?ts\b|avoid|formula|iteration|goal|提示词")


_AGENT_TITLE = re.compile(
    r"(?:\d+[.)]? )?(?:when (?:not )?to use(?: (?:it|this(?: skill)?))?"
    r"|(?:(?:agent )?behaviou?r|safety|compliance|privacy|responsib\w+)(?:(?: (?:and|&))? (?:agent )?(?:behaviou?r"
    r"|safety|compliance|privacy|use|requirements|rules|notes|guidelines|considerations))*|disclaimers?"
    r"|(?:不)?(?:使用|适用)场景|合规(?:说明)?|安全(?:与合规|说明)?|注意事项)"
)


def is_to_the_agent(passage: Passage) -> bool:
    """Return whether a section tells an agent when to use the service, and how to behave with it."""
    return any(_AGENT_TITLE.fullmatch(title.lower().rstrip(":")) for title in (passage.title, *passage.headings[1:]))


def is_advice(passage: Passage) -> bool:
    """Return whether a section says how to use the service well."""
    return any(_ADVICE_TITLE.search(title.lower()) for title in (passage.title, *passage.headings[1:]))


def is_about_prompts(passage: Passage) -> bool:
    """Return whether a section says how to write a prompt: there a word such as "optional" is about the prompt."""
    return any(_PROMPT_TITLE.search(title.lower()) for title in (passage.title, *passage.headings))


def aside(passage: Passage, context: Context) -> bool:
    """Set aside a legal notice, and advice on where to keep a key."""
    text = sections.bare(passage.text)
    rule = next((row for row in _NOISE if re.search(row[0], text, re.IGNORECASE)), None)
    if rule is None or _other_sentence(text, *rule):
        return False
    context.accounting.set_aside(passage.line, rule[1])
    return True


def _other_sentence(text: str, phrase: str, reason: str) -> bool:
    """Return whether a sentence without the closed phrase looks as if it states a fact."""
    sentences = () if reason == "legal notice" else re.split(r"(?<=[.;!?])\s+|(?<=[。；！？])", text)
    others = (one for one in sentences if not re.search(phrase, one, re.IGNORECASE))
    return any(signal_of(one) or fact_in_words(one) for one in others)


def label(passage: Passage, context: Context) -> bool:
    """Set aside a line that ends in a colon and holds no value: it only introduces what follows."""
    text = plain_characters(sections.bare(passage.text)).strip()
    titled = text.endswith(":") or sections.names_a_part(text)
    text = re.sub(r" (?:`?2\d\d`?|\(`?2\d\d`?\)):?$", "", text)
    if not sections.is_label(passage.block) or signal_of(text, context.names, advice=titled):
        return False
    context.accounting.assign(passage.line, "structure")
    return True


def tagline(passage: Passage, context: Context) -> bool:
    """Set aside **A line in bold** under a heading: it says in words what the heading names."""
    if (
        passage.block.kind != "text"
        or not re.fullmatch(r"\*\*[^*`\d]+\*\*", passage.text)
        or signal_of(passage.text)
        or fact_in_words(passage.text)
    ):
        return False
    context.accounting.assign(passage.line, "prose")
    return True


def description(passage: Passage, context: Context) -> bool:
    """Set aside - Description: what an operation is praised for"""
    if passage.operation is None or not re.match(r"^description:", passage.text, re.IGNORECASE):
        return False
    context.accounting.set_aside(passage.line, "description of a model")
    return True


def helper(passage: Passage, context: Context) -> bool:
    """Set aside - `api_name`: an argument of the package's own helper, whose call the document has shown"""
    match = re.match(r"^`(\w+)`:", passage.text)
    if passage.block.kind != "item" or not match or match[1] not in context.helper_arguments:
        return False
    context.accounting.assign(passage.line, "prose")
    return True


def dated(passage: Passage, context: Context) -> bool:
    """Set aside - Generated at: 2026-01-31; Version: 2.0.0: read for the head of the claims file"""
    if not generated_on(passage.text) and not re.match(
        r"^version:\s*\d+(?:\.\d+)+", sections.bare(passage.text), re.IGNORECASE
    ):
        return False
    context.accounting.repeats(passage.line, passage.text)
    return True


def legend(passage: Passage, context: Context) -> bool:
    """Read "Fields marked with `*` are required": the readers of fields use it."""
    if passage.block.kind not in ("text", "item") or not list_titles.is_legend(passage.text):
        return False
    context.accounting.repeats(passage.line, "*", *re.findall(r"`(\w+)`", passage.text), "required")
    return True


RULES = (legend, aside, tagline, description, helper, label)
