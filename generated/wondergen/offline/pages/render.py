# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Templates to pages. Everything is escaped, and a name that a template does not know is an error."""

from __future__ import annotations

import jinja2
from starlette.responses import HTMLResponse

from . import formatting


def environment() -> jinja2.Environment:
    """Return the templates beside this module, with the words that they use."""
    assert __package__  # it is never run as a script
    made = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "ago": formatting.ago,
        "choices": formatting.choices,
        "default_value": formatting.default,
        "fact": formatting.fact,
        "kind_of": formatting.kind_of,
        "limits": formatting.limits,
        "moment": formatting.moment,
        "plain_json": formatting.plain_json,
        "prose": formatting.prose,
        "short": formatting.short,
        "what": formatting.what,
        "wire_form": formatting.wire_form,
    }
    made.globals |= {
        "COSTS": formatting.COSTS,
        "KINDS": formatting.KINDS,
        "MAKES": formatting.MAKES,
        "RETRIES": formatting.RETRIES,
        "RULES": formatting.RULES,
    }
    return made


class PageRenderer:
    """Prints pages that share one frame."""

    def __init__(self, **shared: object) -> None:
        self._environment = environment()
        self._environment.globals |= shared

    def page(self, template: str, status: int = 200, /, **values: object) -> HTMLResponse:
        """Return one page, or a piece of one."""
        text = self._environment.get_template(template).render(values)
        # Half a surrogate pair, which a prompt may have, is no text.
        return HTMLResponse(text.encode("utf-8", "replace"), status)
