"""Skills that the documents do not hold any more: what hangs on them, and what a decision says about them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any

from codegen.catalog.decide import Decisions, Withdrawn
from codegen.catalog.reconcile import only_of
from codegen.documents.claims import VendorDocument
from codegen.yamlio import HandWritten


@dataclass(frozen=True)
class MissingSkill:
    """A skill that was imported before and is not among the present documents."""

    skill: str
    service: str
    documents: int
    claims: int
    operations: tuple[str, ...]
    """Operations that no other skill states."""
    named: tuple[str, ...] = ()
    """The same by the vendor's names."""
    successor: str = ""
    """A new skill that states the same operations: the vendor may have renamed it."""
    decision: str = ""
    """What specs/decisions says: keep, remove; "" where it says nothing."""
    file: HandWritten = field(default=HandWritten("specs/decisions/<service>.yaml"), repr=False, compare=False)

    def __str__(self) -> str:
        hangs = f"; on it alone hang {', '.join(self.operations)}" if self.operations else "; no operation hangs on it"
        renamed = (
            f"; it may be renamed: {self.successor}, which is new, states its operations" if self.successor else ""
        )
        what = f"{self.skill}: {self.documents} documents, {self.claims} claims{hangs}{renamed}"
        if self.decision == "remove":
            return f"{what}. Removed, as specs/decisions/{self.service}.yaml says"
        if self.decision == "keep":
            return f"{what}. Kept and marked withdrawn, as specs/decisions/{self.service}.yaml says"
        return f"{what}. Kept as it was. {self.remedy}"

    @property
    def remedy(self) -> str:
        """What a person can do about it, ready to paste."""
        names = f", operations: [{', '.join(self.named)}]" if self.named else ""
        entry = f"{{skill: {self.skill}, keep: false{names}, reason: …}}"
        return (
            f"If the vendor withdrew it, {self.file.add('withdrawn', entry)} "
            f"(`keep: true` without `operations` leaves them in, deprecated) and import again"
        )

    def with_calls(self, calls: Mapping[str, str]) -> MissingSkill:
        """Return the same with its operations as code calls them, beside the vendor's names."""
        return replace(
            self, operations=tuple(f"{calls[name]} [{name}]" if name in calls else name for name in self.operations)
        )

    def to_data(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "skill": self.skill,
            "service": self.service,
            "documents": self.documents,
            "claims": self.claims,
            "operations": list(self.operations),
            "successor": self.successor,
            "decision": self.decision or "none",
            "remedy": "" if self.decision else self.remedy,
        }


def missing(
    old: Sequence[VendorDocument], new_documents: Sequence[VendorDocument], services: Mapping[str, Decisions]
) -> tuple[MissingSkill, ...]:
    """Return the skills that were there last time and are not among the documents of this import."""
    present = {document.skill for document in new_documents if document.skill}
    by_skill: dict[str, list[VendorDocument]] = {}
    for document in (*old, *new_documents):
        by_skill.setdefault(document.skill, []).append(document)
    new = present - {document.skill for document in old}
    rows = []
    for skill in sorted(by_skill.keys() - present) if present else []:
        service = next((name for name, decisions in services.items() if _speaks(decisions, skill)), "")
        row = _missing(skill, service, by_skill, services[service].withdrawn if service else (), new)
        rows.append(replace(row, file=services[service].file) if service else row)
    return tuple(rows)


def is_partial(old: Sequence[VendorDocument], rows: Sequence[MissingSkill]) -> bool:
    """Return whether an import is one of some skills only: too many are missing to have all been withdrawn."""
    return 2 * len(rows) > len({document.skill for document in old})


def _speaks(decisions: Decisions, skill: str) -> bool:
    return any(fnmatchcase(skill, pattern) for pattern in decisions.skills)


def _missing(
    skill: str,
    service: str,
    by_skill: Mapping[str, Sequence[VendorDocument]],
    withdrawn: Sequence[Withdrawn],
    new: Collection[str],
) -> MissingSkill:
    own = {name for row in by_skill[skill] for name in row.capability}
    keep_by_skill = {row.skill: row.keep for row in withdrawn}
    decision = "" if skill not in keep_by_skill else "keep" if keep_by_skill[skill] else "remove"
    claims = sum(len(row.claims) for row in by_skill[skill])
    names = tuple(only_of({skill}, [row for rows in by_skill.values() for row in rows]))
    heirs = [
        other for other in sorted(new) if own and own <= {name for row in by_skill[other] for name in row.capability}
    ]
    return MissingSkill(
        skill, service, len(by_skill[skill]), claims, names, names, heirs[0] if len(heirs) == 1 else "", decision
    )
