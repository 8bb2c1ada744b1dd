"""What vendors call the columns of a table of fields, and the attributes of one field in lines of their own."""

from __future__ import annotations

from collections.abc import Mapping

from codegen.documents.vocabulary import simplified

_COLUMNS: Mapping[str, str] = {
    "name": "field|fields|parameter|parameters|param|name|key|argument|property|attribute|input|field name"
    "|parameter name|response field|request field|path|form field|form-field|field path|json path"
    "|参数|参数名|参数名称|字段|字段名|字段名称|名称|变量|变量名|属性|字段路径|表单字段|键|键名",
    "type": "type|schema|data type|datatype|format|kind|value type|类型|数据类型|参数类型|字段类型|格式",
    "required": "required|must|mandatory|mandatory?|is required|req|req.|need|needed|needed?|optional|optional?"
    "|presence|necessity|requirement|obligatory"
    "|必填|是否必填|必选|是否必选|必须|是否必须|必传|是否必传|可选|是否必需|必需|必要性|必填项|是否可选|约束性",
    "empty": "can be empty|can be omitted|may be omitted|omittable|是否可空|可空|可为空|是否可为空|允许为空"
    "|是否允许为空|可否为空|是否可省略",
    "default": "default|default value|defaults|if absent|when omitted|默认|默认值|缺省|缺省值",
    "values": "values|allowed values|allowed|possible values|valid values|accepted values|options|enum|choices|enums"
    "|可选值|取值|枚举|枚举值|可选项|取值说明|允许值",
    "range": "range|limits|limit|constraints|constraint|bounds|min/max|value range|validation|rules"
    "|范围|取值范围|限制|约束|值域|约束条件|校验规则",
    "length": "length|max length|maximum length|max. length|长度|最大长度|长度限制",
    "example": "example|examples|sample|example value|示例|例子|样例|示例值|参考值",
    "description": "description|desc|details|meaning|notes|note|remarks|remark|comment|comments"
    "|explanation|what it does|summary|purpose"
    "|描述|说明|备注|含义|参数说明|字段说明|解释|用途|注释",
    "unit": "unit|units|单位",
    "place": "in|location|position|where|位置|参数位置",
}
_COLUMN_OF = {title: column for column, titles in _COLUMNS.items() for title in titles.split("|")}


def column_of(title: str) -> str | None:
    """Return what a column or an attribute with a title is for, or None."""
    bare = simplified(title.strip().strip("*`: ").lower())
    return _COLUMN_OF.get(bare) or _COLUMN_OF.get(bare.rstrip("?？."))
