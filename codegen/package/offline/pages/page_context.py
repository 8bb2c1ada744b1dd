"""What every page has at hand: the services, the tasks as they stand, and the printer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse

from ..._catalog import index
from ..._catalog.facts import COSTS, RETRIES, fact_name
from ..control import ACTS
from ..fault_kinds import FAULTS
from ..gateway import DOCUMENT
from . import formatting, task_page, view_models
from .view_models import OperationView, ServiceView

if TYPE_CHECKING:
    from ..upstream import Upstream


class PageContext:
    """Made once for an upstream."""

    def __init__(self, upstream: Upstream) -> None:
        self.upstream = upstream
        rows = view_models.services(upstream.catalogs.values())
        self.services: Mapping[str, ServiceView] = {row.name: row for row in rows}
        self.package = __name__.split(".", 1)[0]
        self._templates = environment()
        self._templates.globals |= {
            "package": self.package,
            "services": rows,
            "counts": view_models.counts(rows),
            "known_faults": list(FAULTS.values()),
            "acts": list(ACTS.values()),
            "document": DOCUMENT,
        }

    def page(self, template: str, status: int = 200, /, **values: object) -> HTMLResponse:
        """Return one page, or a piece of one."""
        text = self._templates.get_template(template).render(values)
        # Half a surrogate pair, which a prompt may have, is not text.
        return HTMLResponse(text.encode("utf-8", "replace"), status)

    def refused(self, status: int, title: str, why: str) -> HTMLResponse:
        """Return a page that says why there is no other."""
        return self.page("refused.html", status, here="", title=title, why=why)

    def missing(self, why: str) -> HTMLResponse:
        """Answer 404."""
        return self.refused(404, "Not found", why)

    def entry(self, service: str, name: str) -> OperationView | None:
        """Return an operation by its names."""
        view = self.services.get(service)
        return next((entry for entry in view.entries if entry.facts.name == name), None) if view else None

    def latest(self, limit: int) -> list[task_page.TaskView]:
        """Return the newest tasks first."""
        return task_page.task_views(self.upstream.tasks(limit), self.services, self.upstream.clock.now())

    def task(self, service: str, task_id: str) -> task_page.TaskView | None:
        """Return a task by its id."""
        row = self.upstream.task(service, task_id)
        views = [] if row is None else task_page.task_views([row], self.services, self.upstream.clock.now())
        return next(iter(views), None)


def base_of(request: Request) -> str:
    """Return where this server is, as the browser knows it, with a slash at the end."""
    return str(request.base_url)


def environment() -> jinja2.Environment:
    """Return the templates beside this module, with the words that they use."""
    assert __package__  # it is never run as a script
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "ago": formatting.ago,
        "choices": formatting.choices,
        "default_value": formatting.default,
        "fact": fact_name,
        "kind_of": formatting.kind_of,
        "limits": formatting.limits,
        "moment": formatting.moment,
        "plain_json": formatting.plain_json,
        "prose": formatting.prose,
        "short": formatting.short,
        "what": formatting.what,
        "wire_form": formatting.wire_form,
    }
    environment.globals |= {
        "COSTS": COSTS,
        "KINDS": formatting.KINDS,
        "MAKES": formatting.MAKES,
        "RETRIES": RETRIES,
        "RULES": index.rules(),
    }
    return environment
