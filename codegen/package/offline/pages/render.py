"""Templates to pages. Everything is escaped, and a name that a template does not know is an error."""

from __future__ import annotations

import jinja2
from starlette.responses import HTMLResponse

from . import words


def environment() -> jinja2.Environment:
    """The templates beside this module, with the words that they use."""
    assert __package__  # it is never run as a script
    made = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "ago": words.ago,
        "choices": words.choices,
        "default_value": words.default,
        "fact": words.fact,
        "kind_of": words.kind_of,
        "limits": words.limits,
        "moment": words.moment,
        "plain_json": words.plain_json,
        "prose": words.prose,
        "short": words.short,
        "sources": words.sources,
        "what": words.what,
        "wire_form": words.wire_form,
    }
    made.globals |= {"KINDS": words.KINDS, "MAKES": words.MAKES, "RETRIES": words.RETRIES, "RULES": words.RULES}
    return made


class Pages:
    """Prints pages that share one frame."""

    def __init__(self, **shared: object) -> None:
        self._environment = environment()
        self._environment.globals |= shared

    def page(self, template: str, status: int = 200, /, **values: object) -> HTMLResponse:
        """One page, or a piece of one."""
        text = self._environment.get_template(template).render(values)
        # Half a surrogate pair, which a prompt may have, is no text.
        return HTMLResponse(text.encode("utf-8", "replace"), status)
