"""What makes a line look as if it states a fact: the closed list by which a line is prose or unread."""

from __future__ import annotations

import re
from collections.abc import Container

WORDS = (
    "required|optional|mandatory|default|defaults|maximum|minimum|max|min|only|must|cannot|supported|supports|range|ranges|"
    "format|formats|limit|limits|limited|returns|exactly|fixed|at least|at most|up to|between"
)
_CHINESE = re.compile(
    "必填|必须|可选|默认|最大|最小|最多|最少|至少|不超过|仅|只能|支持|格式|范围|限制|返回|固定|不能|不可|免费|收费|付费|积分"
)
"""The same in Chinese, which is written without spaces between words."""
_NUMBER = re.compile(r"(?<![A-Za-z0-9_])\d")
_URL = re.compile(r"https?://")
_WORD = re.compile(rf"\b(?:{WORDS})\b", re.IGNORECASE)
SPAN = re.compile(r"`([^`]+)`")
QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")

_NO_FACT = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:[\w.-]+/)*[\w.-]+\.(?:py|md|json|txt|html)",  # a file of the package
        r"(?:export )?[A-Z][A-Z0-9_]+=.*|(?:pip|python|python3|bash|curl|npm)\s.*",  # a shell command
        r"2\d\d (?:OK|Created|Accepted|No Content)|Retry-After",  # what every client of HTTP knows
        r"https?://|\.{3}|…",  # a scheme alone, and what is left out
        r"[\w-]+(?:[<>=!~]=?[\d.]+,?)+",  # a version of a library
        r"[\w.]+\(.*\)",  # a call of the package's own helper
        r"\[.*\].*",  # a template with blanks to fill in
        r"[A-Za-z][\w'-]*(?:[ ,+/]+[A-Za-z][\w'-]*){2,}",  # words in a row: an example prompt, not a name
    )
)
"""Code spans that hold something else than a name or a value of the interface."""


def is_no_fact(span: str) -> bool:
    """Return whether a code span holds something else than a name or a value of the interface."""
    return any(pattern.fullmatch(span) for pattern in _NO_FACT)


def signal_of(text: str, known: Container[str] = (), *, advice: bool = False) -> str | None:
    """Return the strongest sign that a text states a fact, or None: then it is prose.

    What speaks to a model or about the package is not a sign: a quoted example prompt, a file name, a shell command,
    a call of a helper. Nor is a code span that repeats one of the `known` names. In `advice` on how to write a prompt
    a word alone is none.
    """
    bare = QUOTED.sub(" ", text)
    for span in SPAN.finditer(bare):
        if span[1] not in known and not is_no_fact(span[1]):
            return "code span"
    rest = SPAN.sub(" ", bare)
    if _URL.search(rest):
        return "URL"
    if _NUMBER.search(rest):
        return "number"
    word = _WORD.search(rest) or _CHINESE.search(rest)
    return word[0].lower() if word and not advice else None


_NUMBER_WORDS = (
    "zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|"
    "hundred|thousand|million|dozen|half|twice|thrice|doubled?|tripled?"
)
_SPANS_OF_TIME = (
    "(?:an?|one|per|each|every|few|several|some|the same) (?:second|minute|hour|day|week|month|year|account|user|key|"
    "call|request)s?|daily|hourly|weekly|monthly"
)
_MODALS = (
    "needs?|needed|ha(?:s|ve) to|should(?:n't)?|shall|mustn't|may not|can'?t|never|either|neither|both|do(?:es)? not|"
    "don't|doesn't|not (?:yet |currently )?(?:supported|available|allowed|possible|permitted|accepted|enabled)|"
    "un(?:supported|available)|(?:dis)?allow(?:s|ed)|permit(?:s|ted)|forbidden|prohibited|accept(?:s|ed)|"
    "reject(?:s|ed)|refuse[sd]?|ignore[sd]?|truncated|discard(?:s|ed)|deprecated|retired|removed|discontinued|beta|"
    "expire[sd]?|valid|deleted|retained|stored|mutually|exclusive|exceed(?:s|ed|ing)?|may be|"
    "(?:longer|larger|bigger|more|less|fewer|smaller|shorter|faster|slower|later|earlier) than"
)
_SERVICE = (
    r"QPS|RPS|RPM|TPM|concurren\w*|simultaneous\w*|in parallel|at (?:once|a time|the same time)|throttl\w*|rates?|"
    r"quotas?|retr(?:y|ies|ied|ying)|costs?|prices?|priced|credits?|charge[sd]?|billed|billing|(?<!-)free|subscri\w+|premium|"
    r"priority|time[- ]?outs?|times? out|timed out|case[- ]sensitive|UTC|gzip\w*|encoded|compressed|"
    "(?:counted|measured|given|expressed|specified) in|webhooks?|callbacks?|headers?"
)
_CHINESE_NUMBER = "[一二两三四五六七八九十百千万几半双]+(?:个|次|秒|分|小时|天|周|月|年|张|条|倍|字|点|元|兆|帧|任务)"
_CHINESE_WORDS = (
    "上限|下限|并发|每秒|每分|每小时|每天|每日|每月|每次|限流|频率|次数|重试|必需|必选|不得|不允许|不应|不要|不宜|请勿|禁|"
    "须|务必|无法|废弃|弃用|下线|停用|移除|过期|有效|失效|保留|删除|超时|超过|超出|大于|小于|高于|低于|以内|之内|以上|以下|"
    "拒绝|截断|忽略|互斥|其一|之一|同时|单位|编码|价格|费用|扣|点数|额度|余额|试用|会员|订阅|翻倍|需(?!求)|"
    "(?<![响对相适效供反回])应(?![用对急答商])"
)
_IN_WORDS = re.compile(
    rf"(?<![A-Za-z])(?:{_NUMBER_WORDS}|{_SPANS_OF_TIME}|{_MODALS}|{_SERVICE})(?![A-Za-z])"
    rf"|{_CHINESE_NUMBER}|{_CHINESE_WORDS}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\bX-[A-Za-z][\w-]*|\b[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+\b|\b(?:[Cc]ode|[Ee]rror) [A-Z]+\d+\b"
    r"|\b(?:[Ss]tatus|[Ss]tate) (?:of )?[\w\" ]{1,30}(?:means|indicates|is|becomes)\b"
    r"|\b(?:moves|goes|changes|switches) (?:in)?to\b"
    r"|状态(?:为|是|变)"
)
"""A header, a code or a state that a line names without a code span."""
_ABOUT_SERVICE = re.compile(
    r"\b(?:tasks?|requests?|calls?|jobs?|accounts?|APIs?|endpoints?|API keys?|tokens?|headers?|callbacks?|webhooks?|"
    r"credits?|uploads?|URLs?|links?|responses?|repl(?:y|ies)|servers?|polls?|polling|QPS|quotas?|concurren\w+)\b"
    r"|任务|请求|调用|接口|账[号户]|密钥|令牌|回调|链接|积分|参数|字段|上传|响应|并发|服务",
    re.IGNORECASE,
)
"""What advice on prompts does not speak of."""


def fact_in_words(text: str, *, advice: bool = False) -> str | None:
    """Return the word by which a sentence states a fact though no sign of `signal_of` is in it, or None.

    Advice on how to write a prompt says "should" and "never" about the prompt: there a sentence has to be about the
    service too.
    """
    for sentence in re.split(r"(?<=[.;!?。；！？])\s*", SPAN.sub(" ", text)):
        word = _NAMED.search(sentence) or _IN_WORDS.search(QUOTED.sub(" ", sentence))
        if advice and not word:
            word = _WORD.search(sentence) or _CHINESE.search(sentence)
        if word and (not advice or _ABOUT_SERVICE.search(sentence)):
            return word[0].strip().lower()
    return None


_SET_TO = r"""(?:["']?\s*(?::|=>?)\s*["']?|["']\s*,\s*["'])"""
_HEADER_SETTING = re.compile(
    rf"(?<![\w-])(?:\w{{0,40}}header\w{{0,40}}{_SET_TO}(?:[a-z]\w{{0,40}}(?:-\w{{1,40}}){{1,8}}|authorization|cookie)"
    rf"|\w{{0,40}}(?:auth|token|key)_?(?:scheme|type|prefix){_SET_TO}(?:bearer|basic|digest|token))(?![\w.(-])",
    re.IGNORECASE,
)


def names_header(line: str) -> bool:
    """Return whether a line of code or settings names the header or the scheme that sends a credential."""
    return _HEADER_SETTING.search(line) is not None


_STEP = re.compile(r"^(?:step )?\d+[.:)]\s*", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?<![\w.-])\d+(?:\.\d+)?\s*(?:s|ms|secs?|seconds?|min|minutes?|h|hours?|days?|times|[KMG]B|credits?|points?|requests?|tasks?"
    r"|calls?|characters?|tokens?|QPS|RPM)\b|\d\s*(?:次|秒|分|个|天|积分|点|张|小时|任务|字)|\b(?:QPS|RPM|TPM)\b",
    re.IGNORECASE,
)


def amount_in(title: str) -> str | None:
    """Return the number and unit that a title states, such as "Limit: 5 requests", or None."""
    word = _AMOUNT.search(_STEP.sub("", title))
    return word[0].lower() if word else None


def fact_in_comment(text: str) -> str | None:
    """Return the sign that a comment of an example or a script states a fact of the service, or None.

    A bare number is none: comments count steps and repeat arguments.
    """
    text = _STEP.sub("", text)
    word = _AMOUNT.search(text) or _WORD.search(QUOTED.sub(" ", text)) or _CHINESE.search(text)
    return word[0].lower() if word else fact_in_words(text)


_OF_A_PARAMETER = re.compile(
    r"(?<![\w-])(?:deprecated|retired|discontinued|un(?:supported|available)|ignore[sd]?|reject(?:s|ed)|refuse[sd]?"
    r"|not (?:yet |currently )?(?:supported|available|allowed|possible|permitted|accepted)|truncated|forbidden"
    r"|prohibited|mutually exclusive|costs?|credits?|charge[sd]?|billed|expire[sd]?|valid for|exceed(?:s|ed)?"
    rf"|(?:longer|larger|bigger|shorter|smaller|fewer|more|less) than (?:an?|{_NUMBER_WORDS}))(?![\w-])"
    r"|(?<![\w-])same (?:as|rules|limits?|constraints?|requirements?|values|range)(?![\w-])"
    r"|同上|(?:与|和|同).{0,12}(?:相同|一致)"
    r"|废弃|弃用|下线|忽略|拒绝|截断|互斥|过期|有效期|超过|超出|积分|扣|价格|费用|收费|翻倍",
    re.IGNORECASE,
)


def fact_in_description(text: str) -> str | None:
    """Return the word by which the description of a parameter states more than what it is, or None."""
    word = _OF_A_PARAMETER.search(QUOTED.sub(" ", SPAN.sub(" ", text)))
    return word[0].lower() if word else None
