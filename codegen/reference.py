"""The reference of the package and its Agent Skill, as Markdown rendered from the catalog.

`docs/reference/` and `llms.txt` are for readers of the repository; the package carries the same pages for
`skill -o DIR`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from codegen import paths
from codegen.python import package_index
from codegen.python.model import PackageModel, ServiceModel

NOTE = "<!-- Written by `python -m codegen generate` from the catalog. Do not edit. -->"
_KINDS = {"submit": "starts a task, paid", "generate": "answers at once", "query": "asks, costs nothing"}


def repository_files(model: PackageModel) -> dict[str, str]:
    """Return the pages of the repository by path: the reference of each service, its index, and llms.txt."""
    pages = {f"docs/reference/{service.module}.md": _service_page(model, service) for service in model.services}
    return {**pages, "docs/reference/README.md": _index_page(model), "llms.txt": _llms(model)}


def write(model: PackageModel) -> None:
    """Write the pages of the repository; a page of a service that is gone goes too."""
    files = repository_files(model)
    for name, text in files.items():
        path = _path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    for name in committed().keys() - files.keys():
        _path(name).unlink()


def committed() -> dict[str, str]:
    """Return the pages that are in the repository now."""
    pages = {f"docs/reference/{path.name}": path for path in paths.REFERENCE.glob("*.md")}
    pages |= {"llms.txt": paths.LLMS} if paths.LLMS.is_file() else {}
    return {name: path.read_text(encoding="utf-8") for name, path in pages.items()}


def _path(name: str) -> Path:
    """Return where a page of the repository stands."""
    return paths.LLMS if name == "llms.txt" else paths.REFERENCE / name.rpartition("/")[2]


def skill_files(model: PackageModel) -> dict[str, str]:
    """Return the files of the Agent Skill by path: SKILL.md and a reference for each service."""
    pages = {f"references/{service.module}.md": _service_page(model, service) for service in model.services}
    return {"SKILL.md": _skill(model), **pages}


def _lines(*parts: str) -> str:
    return "\n".join(parts).rstrip() + "\n"


def _rows(model: PackageModel) -> dict[str, Mapping[str, Any]]:
    services: dict[str, Mapping[str, Any]] = json.loads(package_index.index(model))["services"]
    return services


def _index_page(model: PackageModel) -> str:
    """Return every operation in a table: what to choose."""
    table = ["| operation | makes | seconds | good for |", "|---|---|---|---|"]
    for service, row in _rows(model).items():
        for name, operation in row["operations"].items():
            cells = (
                f"[`{row['client']}().{name}`]({service}.md#{_anchor(name)})",
                operation.get("media", "-"),
                ", ".join(operation.get("durations", ())) or "-",
                _good_for(operation) or "-",
            )
            table.append(f"| {' | '.join(_cell(cell) for cell in cells)} |")
    return _lines(NOTE, "# Reference", "", "Every operation. Each service has a page of its own.", "", *table)


def _service_page(model: PackageModel, service: ServiceModel) -> str:
    row = _rows(model)[str(service.module)]
    head = [NOTE, f"# {row['title']}", "", f"{row['about']}.", ""]
    head += [f"Documentation of the vendor: <{row['documentation']}>.", ""] if row.get("documentation") else []
    keys = [
        f"- `{one.variable}` (or `{one.argument}=`)" + (f": from {one.obtain}" if one.obtain else "")
        for one in service.credentials
    ]
    head += ["## Keys", "", *(keys or ["None is needed."]), ""]
    body = [line for operation in service.operations for line in _operation(service, row, operation.qualified)]
    general = _prompting(service.document.get("x-prompting", {}), "## Writing prompts, for every operation", "###")
    return _lines(*head, *body, *_codes(service), *general)


def _operation(service: ServiceModel, row: Mapping[str, Any], name: str) -> Iterator[str]:
    operation = row["operations"][name]
    command = " ".join([str(service.module), *name.split(".")]).replace("_", "-").strip("-")
    yield from (f"## {name}", "", f"{operation['summary']}. {operation.get('description', '')}".rstrip(), "")
    vendor = operation.get("vendor", {})
    yield f"- Python: `{row['client']}().{name}(...)`; command line: `{command}`"
    yield f"- {_KINDS[operation['kind']]}" + (f"; makes {operation['media']}" if "media" in operation else "")
    if vendor:
        yield f"- The vendor's id: `{vendor['id']}`" + (f"; its name: `{vendor['name']}`" if "name" in vendor else "")
    yield from (f"- {label}: {text}" for label, text in _traits(operation.get("traits", {})))
    yield ""
    if operation.get("parameters"):
        yield from ("| parameter | type | what it is |", "|---|---|---|")
        for one in operation["parameters"]:
            required = ", required" if one.get("required") else ""
            text = " ".join(text for _, text in one["sentences"])
            yield f"| `{one['name']}` | `{_cell(_in_order(one['annotation']))}`{required} | {_cell(text)} |"
        yield ""
    yield from _prompting(_node(service, name).get("x-prompting", {}), "### Writing prompts", "####")


_WORD_CHOICES = re.compile(r"(?<=Literal\[)'[A-Za-z]+'(?:, '[A-Za-z]+')+(?=\])")


def _in_order(annotation: str) -> str:
    """Return an annotation with its choices in the order of the alphabet, where all of them are words."""
    return _WORD_CHOICES.sub(lambda choices: ", ".join(sorted(choices[0].split(", "))), annotation)


def _node(service: ServiceModel, name: str) -> Mapping[str, Any]:
    operation = next(one for one in service.operations if one.qualified == name)
    return package_index.node(service, operation)


def _traits(traits: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    labels = {
        "strengths": "Strengths",
        "best_for": "Best for",
        "speed": "Speed",
        "price": "Price",
        "audio": "Sound",
        "shots": "Shots",
        "max_resolution": "Highest resolution",
        "max_seconds": "Longest, in seconds",
        "max_inputs": "Most inputs",
        "notes": "Notes",
    }
    for key, label in labels.items():
        if key in traits:
            value = traits[key]
            joint = " " if key == "notes" else "; " if key == "best_for" else ", "
            yield label, joint.join(map(str, value)) if isinstance(value, list) else str(value)


def _prompting(rows: Mapping[str, Any], title: str, level: str) -> Iterator[str]:
    if not rows:
        return
    yield from (title, "")
    if "formula" in rows:
        yield from (f"Formula: {rows['formula']}.", "")
    if "languages" in rows:
        yield from (f"Languages: {', '.join(rows['languages'])}.", "")
    sections = (
        ("advice", "Do", lambda one: one["text"]),
        ("avoid", "Avoid", lambda one: f"{one['text']} {one.get('why', '')}".strip()),
        ("templates", "Templates", lambda one: f"{one['use']}: `{one['prompt']}`"),
        ("poor", "When the result is poor", lambda one: f"{one['problem']}: {one['change']}"),
    )
    for key, heading, form in sections:
        if key in rows:
            yield from (f"{level} {heading}", "")
            yield from (f"- {form({'text': one} if isinstance(one, str) else one)}" for one in rows[key])
            yield ""


def _codes(service: ServiceModel) -> Iterator[str]:
    errors = service.document.get("x-error-codes", {})
    rows = [(code, row) for code, row in errors.get("codes", {}).items()]
    rows += [(f"HTTP {code}", row) for code, row in errors.get("http", {}).items()]
    if not rows:
        return
    yield from ("## Errors", "", "| code | error | meaning | cause and advice |", "|---|---|---|---|")
    for code, row in rows:
        advice = " ".join(row[key] for key in ("cause", "advice") if key in row)
        yield f"| {code} | `{row['error']}` | {_cell(row.get('meaning', ''))} | {_cell(advice)} |"
    yield ""


def _llms(model: PackageModel) -> str:
    """Return the map of the project for agents that read: https://llmstxt.org."""
    lines = [f"# {model.name}", "", f"> {_about(model)}", ""]
    lines += [
        f'Install `{model.name}`; `{model.name} models` compares models, `{model.name} explain "NAME"`',
        f"tells all of one, `{model.name} explain NAME --prompting` how to write prompts,",
        "`--offline` tries it without key and cost.",
        "",
        "## Reference",
        "",
    ]
    for service, row in _rows(model).items():
        lines.append(f"- [{row['title']}](docs/reference/{service}.md): {row['about']}")
    lines += ["- [All operations](docs/reference/README.md): one table to choose from", ""]
    return _lines(*lines)


def _about(model: PackageModel) -> str:
    titles = [row["title"] for row in _rows(model).values()]
    return f"Typed Python clients of {', '.join(titles)}. Unofficial: not affiliated with the vendors."


def _skill_description(model: PackageModel) -> str:
    """Return when an agent is to use the skill, in what the front matter allows."""
    triggers = [
        trigger
        for row in _rows(model).values()
        for operation in row["operations"].values()
        for trigger in operation.get("traits", {}).get("triggers", ())[:1]
        if "media" in operation
    ]
    use = ", ".join(dict.fromkeys(triggers))
    return f"{_about(model)} Use when somebody wants to: {use}"[:1000].replace('"', "'")


def _skill(model: PackageModel) -> str:
    rows = _rows(model)
    keys = [
        f"- {row['title']}: {_key_line(service)}" for service, row in zip(model.services, rows.values(), strict=True)
    ]
    return _lines(
        "---",
        f"name: {str(model.name).replace('_', '-')}",
        f'description: "{_skill_description(model)}"',
        "---",
        f"# {model.name}",
        "",
        "## Steps",
        "",
        f"1. Choose: `{model.name} models --media video --audio --duration 10 --resolution 1080p --json`.",
        f'2. Read: `{model.name} explain "NAME"`, then `{model.name} explain "NAME" --prompting` for the prompt.',
        f"3. Try without key and cost: add `--offline`. Check a request file: `{model.name} check FILE`.",
        "4. A paid call is made once, after the person has agreed to its cost. Never repeat one whose outcome",
        f"   is unknown (exit status 4): look with `{model.name} tasks` first.",
        "5. Show the files by the printed paths; of a diagram the source too, which stands beside the pictures.",
        "",
        "## Keys",
        "",
        *keys,
        "",
        "Keys come from the environment. Never write one into a command, a file or a prompt.",
        "",
        "## A video longer than one clip",
        "",
        *_recipe(),
        "## References",
        "",
        *(f"- references/{service.module}.md: {rows[str(service.module)]['about']}" for service in model.services),
    )


def _key_line(service: ServiceModel) -> str:
    rows = (f"`{one.variable}`" + (f" (from {one.obtain})" if one.obtain else "") for one in service.credentials)
    return ", ".join(rows) or "none is needed"


def _recipe() -> list[str]:
    return [
        "Each continuation is a new clip, and the whole is all clips in their order, the first one too:",
        "",
        "```sh",
        "printf \"file '%s'\\n\" first.mp4 second.mp4 third.mp4 > clips.txt",
        "ffmpeg -f concat -safe 0 -i clips.txt -c copy whole.mp4",
        "```",
        "",
        "Where the clips differ in size or codec, `-c copy` fails or flickers: leave it out, and ffmpeg encodes anew.",
        "",
    ]


def _good_for(operation: Mapping[str, Any]) -> str:
    traits = operation.get("traits", {})
    return ", ".join(traits.get("strengths", ())) or "; ".join(traits.get("best_for", ()))


def _anchor(name: str) -> str:
    return name.replace(".", "").lower()


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
