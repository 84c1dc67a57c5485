"""The base of the settings that integrations bring (`prefect.settings.base`).

A field `queue` of settings at `("integrations", "aws")` is `PREFECT_INTEGRATIONS_AWS_QUEUE`, of the
environment or of a file of settings, as in Prefect 3.8.8 (observed).
"""

from __future__ import annotations

import os
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

from flowlight.setting_files import settings_in_files

__all__ = ["PrefectBaseSettings", "build_settings_config"]


class _Extra(dict[str, Any]):
    """What a schema of the model has beside its fields; it carries the prefix of the variables."""


def build_settings_config(path: tuple[str, ...] = (), frozen: bool = False) -> ConfigDict:
    """The configuration of a model of settings at this place."""
    prefix = "_".join(("PREFECT", *path)).upper() + "_"
    return ConfigDict(extra="ignore", frozen=frozen, json_schema_extra=_Extra(env_prefix=prefix))


class PrefectBaseSettings(BaseModel):
    """A model whose fields are read from the environment, where they are not given."""

    model_config = build_settings_config()

    @model_validator(mode="before")
    @classmethod
    def _read(cls, values: Any) -> Any:
        extra = cls.model_config.get("json_schema_extra")
        if not isinstance(values, dict) or not isinstance(extra, _Extra):
            return values
        files = {name: text for name, (_, text) in settings_in_files().items()}
        found: dict[str, Any] = {}
        for name in cls.model_fields:
            variable = f"{extra['env_prefix']}{name}".upper()
            text = os.environ.get(variable, files.get(variable))
            if text is not None:
                found[name] = text
        return {**found, **values}
