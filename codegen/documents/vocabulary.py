"""The closed word lists of the readers: what vendors write, and which of our words it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

STATES: tuple[tuple[str, str], ...] = (
    (r"time(?:d)?[ _-]?out|expired|took too long", "timed_out"),
    (r"cancel+ed|aborted|stopped", "cancelled"),
    (r"(?:generation )?fail(?:ed|ure)?|error(?:ed)?(?!-free)|broken|rejected|refused|declined", "failed"),
    (r"success(?:ful)?|succeeded|succeed|completed|complete|finished|done|ready(?! (?:to|for)\b)|built", "succeeded"),
    (r"processing|running|in[ _-]progress|generating|working|rendering|composing|executing|ongoing|started", "running"),
    (r"in[ _-]queue|queued|queueing|waiting|pending|submitted|created|accepted|in (?:the )?queue", "queued"),
)
"""Words for the state of a task. The order matters only where a text holds several of them."""

_CHINESE_STATES: tuple[tuple[str, str], ...] = (
    ("超时", "timed_out"),
    ("取消", "cancelled"),
    ("失败|错误|拒绝", "failed"),
    ("成功|完成", "succeeded"),
    ("(?:处理|生成|运行|进行|执行)中(?!断|止)", "running"),
    ("排队|等待|待处理|已提交", "queued"),
)

ERRORS: tuple[tuple[str, str], ...] = (
    (
        r"authenticat|api[ _]key|app key|`?api_key`? is configured|unauthori[sz]ed|forbidden|\blog(?:ged)? ?in\b"
        r"|credentials?\b"
        r"|(?:invalid|wrong|missing|expired|unknown|no|bad) (?:\w+ )?(?:key|token)\b|permission"
        r"|\b(?:key|token)s? (?:is |was |are )?(?:missing|wrong|invalid|expired|unknown|not valid|revoked)"
        r"|access denied|signature|invalid token|token (?:is )?(?:invalid|expired|missing)"
        r"|(?:token|key|令牌) ?(?:无效|已?过期|错误|缺失|不存在|不正确)"
        r"|签名|鉴权|认证|未授权|密钥|登录|权限",
        "AuthenticationError",
    ),
    (
        r"insufficient|not enough (?:balance|points)|out of credit|(?:too few|not enough|no) credits?|\bbalance\b"
        r"|payment required|top up|recharge"
        r"|余额不足|积分不足|额度不足|点数不足|欠费",
        "InsufficientCredits",
    ),
    (
        r"risk control|content reject|content polic|content (?:is |was )?(?:not allowed|blocked|refused|filtered)"
        r"|sensitive|violat|moderation|prohibited|nsfw|unsafe|违规|敏感|审核|风控",
        "ContentRejected",
    ),
    (
        r"concurren|too many|rate[ _-]?limit|quota|daily limit|throttl|frequency|slow(?:ing)? down"
        r"|limit (?:is )?(?:exceeded|reached)"
        r"|频率|频繁|限流|并发|配额|次数",
        "RateLimited",
    ),
    (r"not found|does not exist|no such|not exist|unknown (?:\w+ )?(?:id|task|job)\b|不存在|未找到", "NotFound"),
    (
        r"went wrong|bad gateway|\binternal\b|upstream|\bserver (?:error|response)|系统(?:错误|异常)|服务器?内部",
        "ServerError",
    ),
    (
        r"invalid|not valid|(?:cannot|can't|could not) be (?:read|loaded|fetched|decoded|opened|parsed)|unreadable"
        r"|required|too (?:large|big|long|short)|larger than|malformed|not in allowed|不合法|wrong"
        r"|illegal|parameters? error|param error"
        r"|\bbad\b|missing|unsupported"
        r"|not supported|not allowed|out of range|参数|格式|无效|缺少|非法|不支持",
        "BadRequest",
    ),
    (
        r"internal|panic|failed|失败|unavailable|server|time(?:d)? ?out|unknown error|exception|maintenance"
        r"|overload|\bbusy\b|try again later|系统|服务|超时|内部|维护|繁忙",
        "ServerError",
    ),
)
"""What a documented error is about, and the class of the client it becomes. The first match counts."""

ERROR_GROUPS: tuple[tuple[str, str], ...] = (
    (r"auth|login|permission|鉴权|认证", "AuthenticationError"),
    (r"billing|credits?|payment|quota|计费|余额|积分", "InsufficientCredits"),
    (r"content|moderation|safety|内容", "ContentRejected"),
    (r"rate|concurren|限流", "RateLimited"),
    (r"request|parameter|validation|input|client|参数|请求", "BadRequest"),
    (r"server|internal|system|服务|系统", "ServerError"),
)
"""What the title above a list of errors says of all of them; asked where the words of one say nothing."""

RETRIES: tuple[tuple[str, str], ...] = (
    (r"(?:do not|don't|never|without|no) retry|not retr(?:y|iable)|不要重试|不可重试", "never"),
    (r"wait\b.{0,80}\bretry|retry (?:after|later)|try again later|back ?off|稍后重试|稍后再试", "after_delay"),
    (r"retry once|retry up to (?:1|one) time|重试一次", "once"),
)

IMAGE_FORMATS = frozenset("png jpg jpeg webp gif heic bmp svg tiff".split())
VIDEO_FORMATS = frozenset("mp4 mov webm avi mkv".split())
AUDIO_FORMATS = frozenset("mp3 wav flac aac ogg".split())
FORMATS = IMAGE_FORMATS | VIDEO_FORMATS | AUDIO_FORMATS
OTHER_FORMATS = frozenset(
    "pdf doc docx ppt pptx xls xlsx txt csv srt vtt zip glb gltf obj fbx usdz stl tif avif heif psd ico eps tga m4a"
    " opus aiff wma amr m4v mpeg mpg wmv flv 3gp".split()
)
"""Formats by words that may mean something else: they are read in a list with one of `FORMATS`."""

BYTES = {"k": 1_000, "m": 1_000_000, "g": 1_000_000_000}
"""1 MB is 1,000,000 bytes: the stricter reading, so that what we accept no reading refuses."""


_NOT_YET = re.compile(
    r"\b(?:not|never|yet to be|to be|partly|partially|un|non|half|almost|nearly|ready (?:to|for)|before being)[ -]?"
    r"(?:\w+ )?$|[未不没非][\u4e00-\u9fff]?$|部分$",
    re.IGNORECASE,
)
"""What stands before a word for a state where the task is not in that state."""
_WITH_FAULTS = re.compile(r"\s*,?\s*(?:with|but|after)\b.{0,20}\b(?:errors?|failures?|warnings?)\b", re.IGNORECASE)
_ENDED = ("timed_out", "cancelled", "failed", "succeeded")


def named_state(text: str) -> tuple[str, str] | None:
    """Return the state that a short text names, and the word by which it does; None where no reader knows.

    The earliest word counts, so that "completed successfully" is one; but of "processing failed" the last.
    """
    lower = text.lower()
    matches = [
        (match.start(), match.end(), state, match[0])
        for words, state in STATES
        if (match := re.search(rf"(?<![a-z])(?:{words})(?![a-z])", lower))
    ]
    text = simplified(text)
    matches += [
        (match.start(), match.end(), state, match[0])
        for words, state in _CHINESE_STATES
        if (match := re.search(words, text))
    ]
    if not matches:
        return None
    start, end, state, word = min(matches)
    following = next((row for row in sorted(matches) if row[0] == end + 1 and row[2] in _ENDED), None)
    if following and state not in _ENDED and text[end : end + 1] in " _-":
        start, end, state, word = following
    elif _NOT_YET.search(text[:start]) or (state == "succeeded" and _WITH_FAULTS.match(text, end)):
        return None
    return state, word


def state_of(text: str) -> str | None:
    """Return the state a short text names, or None."""
    state = named_state(text)
    return state[0] if state else None


def named_error(text: str) -> tuple[str, str] | None:
    """Return the error class that a text speaks of, and the words by which it does; None where no reader knows."""
    text = simplified(text.lower())
    matches = ((error, re.search(rf"\w*(?:{words})\w*", text)) for words, error in ERRORS)
    return next(((error, match[0].replace("`", "")) for error, match in matches if match), None)


def error_of(text: str) -> str | None:
    """Return the error class a text speaks of, or None."""
    error = named_error(text)
    return error[0] if error else None


_FILE_TOO_LARGE = re.compile(
    r"\b(?:file|image|picture|photo|video|audio|media|upload)s?\b(?:/\w+)?(?: (?:size|file))? (?:is |are )?"
    r"(?:too (?:large|big)|exceeds?\b|larger than)|(?:文件|图片|图像|视频|音频)(?:大小)?(?:过大|太大|超过|超出)",
    re.IGNORECASE,
)


def about_files(text: str) -> bool:
    """Return whether an error is one of the size of a file: operations that take none do not have it."""
    return bool(_FILE_TOO_LARGE.search(text))


def error_group(title: str) -> str | None:
    """Return the error class that a title gives to the codes under it, or None."""
    return next((error for words, error in ERROR_GROUPS if re.search(words, title.lower())), None)


def retry_of(text: str) -> str | None:
    """Return when a text says to try again, or None where it does not say."""
    return next((retry for words, retry in RETRIES if re.search(words, text.lower())), None)


_SPACES: dict[int, str | None] = {ord(space): " " for space in "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"}
_SPACES |= dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def plain_spaces(text: str) -> str:
    """Replace spaces of other kinds by plain ones, and drop what has no width."""
    return text if text.isascii() else text.translate(_SPACES)


_PLAIN = str.maketrans(
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | {ord("。"): ". ", ord("、"): "、", ord("，"): ", ", ord("："): ": ", ord("；"): "; "}
    | {ord(dash): "-" for dash in "‐‑‒–—−"}
    | _SPACES
    | {
        ord("“"): '"',
        ord("”"): '"',
        ord("‘"): "'",
        ord("’"): "'",
        ord("≤"): "<=",
        ord("≥"): ">=",
        ord("～"): "~",
        ord("〜"): "~",
    }
)


_TWO_LANGUAGES = re.compile(r"[\u4e00-\u9fff]{1,12}\s*[/|·(（]?\s*([A-Za-z][A-Za-z _.-]{0,30}?)\s*[)）]?")


def one_language(title: str) -> str:
    """Return the English half of a title in Chinese and English: 类型 Type; another title as it is."""
    match = None if title.isascii() else _TWO_LANGUAGES.fullmatch(title.strip())
    return match[1] if match else title


def plain_characters(text: str) -> str:
    """Replace full-width punctuation and digits, dashes and spaces of other kinds by the plain ones."""
    return text if text.isascii() else text.translate(_PLAIN)


_SAME_WORDS: Mapping[str, str] = {
    before: after
    for before, _, after in (
        pair.partition("=")
        for pair in (
            "欄位=字段 參數=参数 參數名=参数名 型別=类型 類型=类型 說明=说明 選填=选填 可選=可选 必須=必填 "
            "必選=必选 預設=默认 預設值=默认值 範圍=范围 長度=长度 單位=单位 字串=字符串 布林=布尔 布林值=布尔值 "
            "整數=整数 浮點數=浮点数 陣列=数组 物件=对象 網址=网址 網域=域名 基礎=基础 請求=请求 路徑=路径 "
            "端點=端点 介面=接口 回應=响应 響應=响应 回傳=返回 標頭=请求头 錯誤=错误 錯誤碼=错误码 代碼=代码 "
            "狀態=状态 訊息=信息 金鑰=密钥 密鑰=密钥 餘額=余额 點數=点数 檔案=文件 過大=过大 無效=无效 過期=过期 "
            "頻繁=频繁 稍後=稍后 重試=重试 輪詢=轮询 查詢=查询 超過=超过 字元=字符 個=个 張=张 為=为 圖片=图片 "
            "圖像=图像 影片=视频 音檔=音频 支援=支持 失敗=失败 處理中=处理中 排隊=排队 パラメータ=参数 "
            "パラメーター=参数 フィールド=字段 型=类型 必須項目=必填 説明=说明 デフォルト=默认 "
            "デフォルト値=默认值 デフォルトは=默认为 初期値=默认值 ベース=基础 エンドポイント=端点 メソッド=方法 "
            "パス=路径 リクエスト=请求 レスポンス=响应 ステータス=状态 エラー=错误 エラーコード=错误码 "
            "文字列=字符串 整数値=整数 真偽値=布尔 配列=数组 オブジェクト=对象"
        ).split()
    )
}
"""Words of Traditional Chinese and Japanese documents, and the word for the same that the readers know."""
_SAME = re.compile(
    "`[^`]*`|"
    + "|".join(
        rf"(?<![\u4e00-\u9fff]){word}(?![\u4e00-\u9fff])" if word == "型" else word
        for word in sorted(_SAME_WORDS, key=len, reverse=True)
    )
)
"""A word alone; of one character that other words have in them, where it stands by itself."""


def simplified(text: str) -> str:
    """Replace the words of `_SAME_WORDS` outside code spans, so that one set of patterns reads them all."""
    return text if text.isascii() else _SAME.sub(lambda match: _SAME_WORDS.get(match[0], match[0]), text)


def media_of(text: str) -> str | None:
    """Return image or video, where a text about a URL names one."""
    match = re.search(r"\b(image|video|audio)s?\b", text.lower())
    return match[1] if match else None


def media_of_name(name: str, facts: Mapping[str, Any]) -> str | None:
    """Return the kind of file by the name: init_image takes an image, though its line states no URL."""
    match = re.search(r"(?:^|_)(image|video|audio)(?:_url)?$", name)
    return match[1] if match and not facts.keys() & {"enum", "minimum", "maximum", "default"} else None


_GENERAL = re.compile(
    r"\b(?:common|general|shared|global|generic|typical|standard|all|every|each|any) (?:[\w-]+ )?"
    r"(?:operations?|endpoints?|calls?|invocations?|requests?|responses?|repl(?:y|ies)|APIs?|models?|structures?|formats?|headers?"
    r"|fields?|parameters?|conventions?|rules?|errors?|envelopes?|notes?|information)\b"
    r"|^(?:\d+[.)]? )?(?:quick ?start|getting started|introduction|overview|conventions|authentication"
    r"|error (?:codes|handling)|basics|remarks|notes|examples?|samples?|usage|faq)$"
    r"|示例|备注|通用|公共|公用|全局|所有|统一|概述|快速开始|鉴权",
    re.IGNORECASE,
)


def is_general(title: str) -> bool:
    """Return whether a heading is about the whole service: a request in a fence below it is one example of many."""
    return _GENERAL.search(title) is not None
