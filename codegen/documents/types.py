"""The closed table of type words that vendors write, and values brought to the type that stands beside them.

A word that is not in the table is never taken for text: `read_type` returns None, and the reader reports it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from codegen.documents.vocabulary import simplified

Facts = dict[str, Any]

_STRING: Facts = {"type": "string"}
_INTEGER: Facts = {"type": "integer"}
_NUMBER: Facts = {"type": "number"}
_BOOLEAN: Facts = {"type": "boolean"}
_ARRAY: Facts = {"type": "array"}
_OBJECT: Facts = {"type": "object"}
_URL: Facts = {"type": "string", "format": "uri"}

_WORDS: tuple[tuple[str, Facts], ...] = (
    ("string str text char chars character varchar nvarchar unicode plaintext base64 字符串 字符 文本 字串", _STRING),
    ("url uri link href 链接 网址 url地址", _URL),
    ("uuid guid", {"type": "string", "format": "uuid"}),
    ("date 日期", {"type": "string", "format": "date"}),
    ("datetime date-time 日期时间", {"type": "string", "format": "date-time"}),
    ("integer int int16 short byte int8 whole 整数 整型 整形 整数型", _INTEGER),
    ("int32", {"type": "integer", "format": "int32"}),
    ("int64 long bigint 长整型 长整数", {"type": "integer", "format": "int64"}),
    ("uint uint8 uint16 uint32 uint64 unsigned", {"type": "integer", "minimum": 0}),
    ("number numeric decimal real num float float32 float64 double 数字 数值 小数 数值型", _NUMBER),
    ("浮点 浮点数 浮点型 单精度 双精度 双精度浮点数", _NUMBER),
    ("boolean bool 布尔 布尔值 布尔型 布尔类型", _BOOLEAN),
    ("array list sequence tuple 数组 列表 数组类型", _ARRAY),
    ("object dict dictionary map mapping json struct record hash 对象 字典 对象类型", _OBJECT),
    ("file binary blob multipart upload 文件 二进制", {"type": "string", "format": "binary"}),
    ("any mixed 任意 enum enumeration choice select 枚举 枚举值", {}),
)
TYPES: Mapping[str, Facts] = {word: facts for words, facts in _WORDS for word in words.split()}
"""Type word in lower case → facts. An empty one leaves the type to the values."""

_PLURALS = {f"{word}s": word for word in TYPES if word.isascii()} | {"dictionaries": "dict", "indices": "integer"}
_OUTER = r"array|list|sequence|tuple|set|vector|collection|iterable"
_MAPS = r"map|mapping|dict|dictionary|record|hash|hashmap|object"
_MEDIA_URLS = re.compile(
    r"(?:image|video|audio|file|media|picture|photo|public|https?|web)?[ _-]*(?:urls?|uris?|links?)"
)
_NULL = re.compile(
    r"\s*(?:\||/|\bor\b)\s*(?:null|none|nil|undefined)\b|\b(?:null|none)\s*(?:\||/|\bor\b)\s*|\bnullable\b"
)


def allows_null(text: str) -> bool:
    """Return whether a type says that null is a value of its own: string | null."""
    return len(text) <= _LONGEST and bool(_NULL.search(text.lower())) and read_type(text) is not None


def read_type(text: str) -> Facts | None:
    """Return the facts that a type word states (`array<string>`: an array of strings); None for an unknown one."""
    if len(text) > _LONGEST:
        return None
    if values := _listed_values(text):
        return {"enum": values}
    word = simplified(re.sub(r"[`*\"'“”]", "", text).strip().lower())
    word = _NULL.sub(" ", re.sub(r"^(?:optional|nullable)\[(.*)\]$", r"\1", word)).strip().rstrip("?").strip()
    word = re.sub(r"^(?:an?|the)\s+", "", re.sub(r"\btyping\.", "", word))
    word = _IN_WORDS.get(word, word)
    word = re.sub(r"^union\[([^,\[\]]+), *none\]$", r"\1", word)
    return _array(word) or _plain(word)


_IN_WORDS = {
    "whole number": "integer",
    "decimal number": "number",
    "floating point": "number",
    "floating point number": "number",
    "free text": "string",
    "plain text": "string",
    "yes/no": "boolean",
    "true or false": "boolean",
}


_ENUM = re.compile(r"(?:enum|enumeration|one of|枚举)\s*[<(\[:]\s*([^()<>\[\]]{1,100})\s*[>)\]]?", re.IGNORECASE)
_LITERALS = re.compile(r"[\w.-]+(?:\s*\|\s*[\w.-]+)+")


def _listed_values(text: str) -> list[str]:
    """Return the values of enum(low, high) and "fast" | "best", as the document spells them."""
    bare = re.sub(r"[`*\"'“”]", "", text).strip()
    if match := _ENUM.fullmatch(bare):
        return [part.strip() for part in re.split(r"[,|/、]", match[1]) if part.strip()]
    if not _LITERALS.fullmatch(bare):
        return []
    values = [part.strip() for part in bare.split("|")]
    type_words = TYPES.keys() | {"null", "none", "nil", "undefined"}
    return [] if any(value.lower() in type_words for value in values) else values


def _array(word: str) -> Facts | None:
    """Parse array<string>, List[int], string[], []string, array of strings, string array, array (string)"""
    patterns = (
        rf"(?:{_OUTER})\s*[<\[(]\s*(.+?)\s*(?:,\s*\.\.\.\s*)?[>\])]",
        r"(.+?)\s*\[\s*\d*\s*\]",
        r"\[\s*\d*\s*\]\s*(.+)",
        rf"(?:{_OUTER})\s+of\s+(.+)",
        rf"(.+?)[\s-]+(?:{_OUTER})",
        r"(字符串|文本|整数|整型|数字|数值|浮点数|布尔值?|对象|链接|url)(?:型|类型)?(?:数组|列表)",
    )
    for pattern in patterns:
        match = re.fullmatch(pattern, word)
        if match:
            inner = _plain(match[1])
            if inner is None or inner.get("type") == "array":
                return None
            return {**_ARRAY, **({"items": inner["type"]} if "type" in inner else {}), **_of_items(inner)}
    return None


def _of_items(inner: Facts) -> Facts:
    """Return what is said of the items of a list beside their type: the builder of schemas places it there."""
    return {key: value for key, value in inner.items() if key != "type"}


def _plain(word: str) -> Facts | None:
    """Parse string, string(64), string (uuid), integer<int64>, string URL, map<string, string>"""
    word = word.strip()
    if word in TYPES:
        return dict(TYPES[word])
    if word in _PLURALS:
        return dict(TYPES[_PLURALS[word]])
    if re.fullmatch(rf"(?:{_MAPS})\s*[<\[(].*[>\])]", word) or re.fullmatch(
        r"json\s+(?:object|对象)|(?:object|json)\s*\(.*\)", word
    ):
        return dict(_OBJECT)
    if _MEDIA_URLS.fullmatch(word) or re.fullmatch(r"(?:图片|视频|音频|文件)?(?:url|链接|地址)(?:地址)?", word):
        return dict(_URL)
    sized = re.fullmatch(
        r"(string|str|text|varchar|char|字符串)\s*[(\[<]\s*(?:max\.?\s*|up to\s*|<=\s*)?(\d+)"
        r"\s*(?:chars?|characters)?\s*[)\]>]",
        word,
    )
    if sized:
        return {**_STRING, "max_length": int(sized[2])}
    if word.replace(" ", "") in ("true/false", "true|false", "trueorfalse"):
        return dict(_BOOLEAN)
    spanning = re.fullmatch(
        r"(string|str|text|字符串)\s*[(\[<]\s*(\d+)\s*(?:\.\.\.?|-|~|to)\s*(\d+)\s*(?:chars?)?\s*[)\]>]", word
    )
    if spanning:
        return {**_STRING, "min_length": int(spanning[2]), "max_length": int(spanning[3])}
    closer = re.fullmatch(r"(\w+)\s*[(<\[,:/ -]\s*([\w-]+(?: urls?)?)\s*[)>\]]?", word)
    if closer:
        return _narrowed(closer[1], closer[2])
    return None


def _narrowed(outer: str, inner: str) -> Facts | None:
    """Return a type and a narrower word for it: integer (int64), string (url), url string."""
    first, second = TYPES.get(outer) or _url(outer), TYPES.get(inner) or _url(inner)
    if first is None or second is None:
        return None
    if first.get("type") == second.get("type"):
        return {**first, **second}
    if first.get("type") == "number" and second.get("type") == "integer":
        return dict(second)
    return None


def _url(word: str) -> Facts | None:
    return dict(_URL) if _MEDIA_URLS.fullmatch(word) else None


_LONGEST = 120
"""Characters of a type word that is worth a look."""
_TRUE = frozenset("true yes on enabled enable 1 是 开 开启 真".split())
_FALSE = frozenset("false no off disabled disable 0 否 关 关闭 假".split())
_NOTHING = frozenset(
    ["", "no default", "not set", *"- -- — – / none null nil n/a na undefined empty unset 无 空".split()]
)
"""What vendors write where there is no default."""


def is_nothing(text: Any) -> bool:
    """Return whether a cell or a word says that there is no default."""
    return isinstance(text, str) and text.strip().strip("`\"'").lower() in _NOTHING


def typed(facts: Mapping[str, Any]) -> tuple[Facts, tuple[str, ...]]:
    """Bring default, values and bounds to the stated type; and name the facts that cannot be, which are left out."""
    kind = facts.get("type")
    facts_in_type = dict(facts)
    wrong: list[str] = []
    if "default" in facts_in_type and kind != "string" and is_nothing(facts_in_type["default"]):
        del facts_in_type["default"]
    if kind == "object":
        wrong = [
            key for key in ("enum", "default") if key in facts_in_type and not isinstance(facts_in_type[key], dict)
        ]
        wrong += misplaced_limits(facts_in_type)
        return {key: value for key, value in facts_in_type.items() if key not in wrong}, tuple(wrong)
    wrong += _reversed_limits(facts_in_type)
    if kind is None:
        if str(facts_in_type.get("default")).lower() in ("true", "false"):
            facts_in_type["default"] = str(facts_in_type["default"]).lower() == "true"
        return {key: value for key, value in facts_in_type.items() if key not in wrong}, tuple(wrong)
    inner = facts_in_type.get("items") if kind == "array" else kind
    if "default" in facts_in_type and (value := _value(facts_in_type["default"], str(kind), inner)) is not None:
        facts_in_type["default"] = value
    elif "default" in facts_in_type:
        wrong.append("default")
    if isinstance(facts_in_type.get("enum"), (list, tuple)) and inner:
        values = [_value(value, str(inner), None) for value in facts_in_type["enum"]]
        if inner == "boolean" and None not in values:
            del facts_in_type["enum"]  # both values, which the type says already
        elif None in values:
            wrong.append("enum")
        else:
            facts_in_type["enum"] = values
    wrong += [key for key in misplaced_limits(facts_in_type) if key not in wrong]
    for key in wrong:
        del facts_in_type[key]
    if wrong and not facts_in_type.keys() & _LIMITED.keys():
        facts_in_type.pop("unit", None)  # that of a limit which is left out
    return facts_in_type, tuple(wrong)


def _reversed_limits(facts: Mapping[str, Any]) -> list[str]:
    """Return the limits of which the lower is above the upper: no value could keep both."""
    pairs = (("minimum", "maximum"), ("min_length", "max_length"), ("min_items", "max_items"))
    limits = [pair for pair in pairs if all(isinstance(facts.get(key), (int, float)) for key in pair)]
    return [key for low, high in limits if facts[low] > facts[high] for key in (low, high)]


_LIMITED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("minimum", "maximum", "exclusive_minimum", "exclusive_maximum", "multiple_of"), ("integer", "number")
    ),
    **dict.fromkeys(("min_length", "max_length"), ("string",)),
    **dict.fromkeys(("min_items", "max_items"), ("array",)),
}
"""Limit → the types that have one. Of a list, limits of numbers and lengths are those of its items."""


def misplaced_limits(facts: Mapping[str, Any]) -> list[str]:
    """Return the limits that the stated type cannot have: the length of a number, the minimum of a text."""
    kind = facts.get("type")
    inner = facts.get("items") if kind == "array" else kind
    of_what = {key: kind if "array" in kinds else inner for key, kinds in _LIMITED.items()}
    return [key for key, kinds in _LIMITED.items() if facts.get(key) is not None and of_what[key] not in (None, *kinds)]


def _value(value: Any, kind: str, items: Any) -> Any:
    """Return one value as the type has it; None where it cannot be one."""
    text = str(value).strip()
    match kind:
        case "boolean":
            if isinstance(value, bool):
                return value
            return True if text.lower() in _TRUE else False if text.lower() in _FALSE else None
        case "integer":
            whole = re.fullmatch(r"[-+]?\d{1,20}(?:\.0+)?", text)
            return int(text.split(".")[0]) if whole and not isinstance(value, bool) else None
        case "number":
            if isinstance(value, bool) or not re.fullmatch(r"[-+]?\d{1,20}(?:\.\d{1,20})?", text):
                return None
            return float(text) if "." in text else int(text)
        case "string":
            return value if isinstance(value, str) else json.dumps(value)
        case "array":
            return _list(value, items)
    return value


def _list(value: Any, items: Any) -> Any:
    if isinstance(value, str) and value.strip().startswith("["):
        try:
            value = json.loads(value.replace("'", '"'))
        except (ValueError, RecursionError):
            return None
    if not isinstance(value, list):
        return None
    inner = [_value(item, items, None) if items else item for item in value]
    return None if None in inner else inner
