"""What Prefect accepts as a cron string, a recurrence rule, a time zone (observed in 3.8.8)."""

from __future__ import annotations

__all__ = ["check_cron", "check_rrule", "check_timezone"]

_LONGEST_RRULE = 6500


def check_cron(text: str) -> str:
    """The cron string; `ValueError` when croniter cannot read it, or for `R` and `H` fields."""
    import croniter

    if not croniter.croniter.is_valid(text):
        raise ValueError(f'Invalid cron string: "{text}"')
    if any(field.casefold() in ("r", "h") for field in text.split()):
        raise ValueError(f'Random and Hashed expressions are unsupported, received: "{text}"')
    return text


def check_rrule(text: str) -> str:
    """The recurrence rule; `ValueError` when dateutil cannot read it, or when it is too long."""
    from dateutil.rrule import rrulestr

    try:
        rrulestr(text)
    except ValueError as error:
        raise ValueError(f'Invalid RRule string "{text}": {error}') from None
    if len(text) > _LONGEST_RRULE:
        raise ValueError(
            f'Invalid RRule string "{text[:40]}..."\n'
            f"Max length is {_LONGEST_RRULE}, got {len(text)}"
        )
    return text


def check_timezone(name: str | None) -> str | None:
    """The time zone, when the IANA database has it."""
    from zoneinfo import available_timezones

    if name and name not in available_timezones():
        raise ValueError(
            f'Invalid timezone: "{name}" (specify in IANA tzdata format, for example,'
            " America/New_York)"
        )
    return name
