"""Connections as URIs: `type://login:password@host:port/schema?key=value`.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/howto/connection.html#uri-format; what
odd ones give was observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from daglight.exceptions import AirflowException
from daglight.scope import scope

if TYPE_CHECKING:
    from daglight.connections import Connection

__all__ = ["normal_type", "parts_of", "uri_of"]

#: The query key that holds a whole `extra` which is no flat dict of text.
_WHOLE_EXTRA = "__extra__"


def parts_of(uri: str, *, of_models: bool = False) -> dict[str, Any]:
    """The fields of a connection by name; AirflowException or ValueError when it is no URI.

    Observed in Airflow 3.3.2: `of_models`, values of the query are read as JSON where they can be,
    and the error does not show the URI.
    """
    strict = of_models and scope.airflow_3
    refusal = AirflowException(f"Invalid connection string{'' if strict else f': {uri}'}.")
    found = urlsplit(uri)
    kind, count = found.scheme, uri.count("://")
    if count > 2:
        raise refusal
    protocol = None
    rest = uri.replace(f"{kind}://", "//" if count < 2 else "")
    if count == 2:
        before = rest.split("://", 1)[0]
        if "@" in before or ":" in before:
            raise refusal
    place = urlsplit(rest)
    if count == 2:
        protocol = place.scheme
    host = _host(place)
    return {
        "conn_type": normal_type(kind),
        "host": f"{protocol}://{host}" if protocol and host else host,
        "schema": unquote(place.path[1:]),
        "login": _plain(place.username),
        "password": _plain(place.password),
        "port": place.port,
        "extra": _extra(place.query, typed=strict),
    }


def normal_type(kind: str) -> str:
    """The type of a connection by its usual name."""
    return "postgres" if kind == "postgresql" else kind.replace("-", "_")


def uri_of(connection: Connection) -> str:
    """The URI of a connection; reading it back gives an equal one."""
    kind = connection.conn_type
    text = f"{kind.lower().replace('_', '-')}://" if kind else "//"
    protocol, host = _protocol(connection.host, kind)
    user = _user(connection)
    place = quote(host or "", safe="")
    if connection.port:
        place += f":{connection.port}" if place or user else f"@:{connection.port}"
    if connection.schema:
        place += f"/{quote(connection.schema, safe='')}"
    return text + protocol + user + place + _query(connection)


def _plain(text: str | None) -> str | None:
    return unquote(text) if text else text


def _host(place: SplitResult) -> str:
    """The host in lower case, unless it is a path, which keeps its case."""
    host = unquote(place.hostname or "")
    if "/" not in host:
        return host
    return unquote(place.netloc.rpartition("@")[2].partition(":")[0])


def _extra(query: str, *, typed: bool) -> str | None:
    if not query:
        return None
    pairs: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
    if _WHOLE_EXTRA in pairs:
        return str(pairs[_WHOLE_EXTRA])
    return json.dumps({name: _typed(value) for name, value in pairs.items()} if typed else pairs)


def _typed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _protocol(host: str | None, kind: str | None) -> tuple[str, str | None]:
    """`https://` and the rest of a host; Airflow 3.3.2 keeps one that equals the type within it."""
    if not host or "://" not in host:
        return "", host
    protocol, rest = host.split("://", 1)
    if scope.airflow_3 and protocol == kind:
        return "", host
    return f"{protocol}://", rest


def _user(connection: Connection) -> str:
    text = quote(connection.login, safe="") if connection.login is not None else ""
    if connection.password is not None:
        text += f":{quote(connection.password, safe='')}"
    return f"{text}@" if text else ""


def _query(connection: Connection) -> str:
    if not connection.extra:
        return ""
    extra = connection.extra_dejson
    mark = "?" if connection.schema else "/?"
    try:
        query = urlencode(extra)
    except TypeError:
        query = ""
    if query and dict(parse_qsl(query, keep_blank_values=True)) == extra:
        return mark + query
    return mark + urlencode({_WHOLE_EXTRA: connection.extra})
