"""The shape of the events that users emit: what happened, to which resource, what else is involved.

https://docs.prefect.io/v3/concepts/events; limits: observed in Prefect 3.8.8.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timezone
from typing import Annotated, Any
from uuid import UUID, uuid4

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    model_validator,
)
from typing_extensions import Self

__all__ = ["Event", "RelatedResource", "Resource"]

_MOST_LABELS = 500
_MOST_RELATED = 100
_ID, _NAME, _ROLE = "prefect.resource.id", "prefect.resource.name", "prefect.resource.role"


class Resource(RootModel[dict[str, str]]):
    """Labels, of which `prefect.resource.id` says what the resource is."""

    @model_validator(mode="after")
    def _has_labels(self) -> Self:
        if len(self.root) > _MOST_LABELS:
            raise ValueError(f"The maximum number of labels per resource is {_MOST_LABELS}")
        _require(self.root, _ID, "Resources")
        return self

    @property
    def id(self) -> str:
        """What the resource is."""
        return self.root[_ID]

    @property
    def name(self) -> str | None:
        """What people call it."""
        return self.root.get(_NAME)

    def __getitem__(self, label: str) -> str:
        return self.root[label]

    def __setitem__(self, label: str, value: str) -> None:
        self.root[label] = value

    def __contains__(self, label: str) -> bool:
        return label in self.root

    def get(self, label: str, default: str | None = None) -> str | None:
        """The value of a label."""
        return self.root.get(label, default)

    def keys(self) -> Iterable[str]:
        """The labels."""
        return self.root.keys()

    def items(self) -> Iterable[tuple[str, str]]:
        """The labels and their values."""
        return self.root.items()


class RelatedResource(Resource):
    """A resource that is involved, and its role."""

    @model_validator(mode="after")
    def _has_role(self) -> Self:
        _require(self.root, _ROLE, "Related Resources")
        return self

    @property
    def role(self) -> str:
        """What it has to do with the event."""
        return self.root[_ROLE]


def _require(labels: dict[str, str], label: str, whose: str) -> None:
    if label not in labels:
        raise ValueError(f"{whose} must include the {label} label")
    if not labels[label]:
        raise ValueError(f"The {label} label must be non-empty")


def _not_too_many(related: list[RelatedResource]) -> list[RelatedResource]:
    if len(related) > _MOST_RELATED:
        raise ValueError(f"The maximum number of related resources is {_MOST_RELATED}")
    return related


def _aware(moment: datetime) -> datetime:
    """A time without a zone is one in UTC (observed in Prefect 3.8.8)."""
    return moment.replace(tzinfo=timezone.utc) if moment.tzinfo is None else moment


class Event(BaseModel):
    """Something that happened to a resource; `occurred` is aware, the payload is JSON."""

    model_config = ConfigDict(extra="ignore")

    occurred: Annotated[datetime, AfterValidator(_aware)] = Field(
        default_factory=lambda: datetime.now(timezone.utc)
    )
    event: str
    resource: Resource
    related: Annotated[list[RelatedResource], AfterValidator(_not_too_many)] = Field(
        default_factory=list
    )
    payload: dict[str, Any] = Field(default_factory=dict)
    id: UUID = Field(default_factory=uuid4)
    follows: UUID | None = None

    @property
    def size_bytes(self) -> int:
        """How long the event is as JSON."""
        return len(self.model_dump_json().encode())

    @property
    def involved_resources(self) -> list[Resource]:
        """The resource, then those that are related."""
        return [self.resource, *self.related]

    @property
    def resource_in_role(self) -> dict[str, RelatedResource]:
        """The first related resource of each role."""
        return {each.role: each for each in reversed(self.related)}

    @property
    def resources_in_role(self) -> dict[str, list[RelatedResource]]:
        """The related resources of each role."""
        roles: dict[str, list[RelatedResource]] = defaultdict(list)
        for each in self.related:
            roles[each.role].append(each)
        return roles

    def find_resource_label(self, label: str) -> str | None:
        """A label of the resource; of a related one as `related:ROLE:LABEL`."""
        directive, _, rest = label.partition(":")
        role, _, of_related = rest.rpartition(":")
        if directive == "related" and role:
            found = self.resource_in_role.get(role)
            return found.get(of_related) if found else None
        return self.resource.get(label)
