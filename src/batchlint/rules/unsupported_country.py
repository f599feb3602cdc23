"""A country in `user_location` that the web search does not take.

The web search takes the two-letter codes of ISO 3166-1, in capitals, and not all of them; the API publishes no list.
An error is a code that it was seen to refuse, and one that is no country's. Another way to write a country, as `UK` or
`us`, is a warning.

The API then answers, for that request only and hours later: `tools.0.web_search_20250305: Country code CR is not
supported.`

Example:

    {"type": "web_search_20250305", "name": "web_search", "user_location": {"type": "approximate", "country": "CR"}}

Instead:

    {"type": "web_search_20250305", "name": "web_search",
     "user_location": {"type": "approximate", "city": "San José", "timezone": "America/Costa_Rica"}}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from batchlint.analysis.request_schemas import ToolList, tool_list
from batchlint.facts import countries, errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:tools",),
    source="docs: tool-use/web-search-tool; anthropics/anthropic-sdk-python 995 and reports of 2026",
    checked="2026-11-28",
)


def check(request: Request) -> Iterable[Problem]:
    return tool_list(request).problems(_unsupported_countries)


def _unsupported_countries(tools: ToolList) -> Iterator[Problem]:
    for index, tool in enumerate(tools.tools):
        country = (tool.get("user_location") or {}).get("country")
        if country is not None:
            yield from _problems(country, index, tool["type"])


def _problems(country: str, index: int, tool_type: str) -> Iterator[Problem]:
    known = countries()
    if country in known.codes - known.refused:
        return
    capitals = country.upper()
    meant = known.meant.get(capitals, capitals)
    if country in known.refused:
        message = f"the web search does not take the country {country}"
    else:
        message = f'"{country}" is not a country code of ISO 3166-1'
    yield Problem(
        pointer=("params", "tools", index, "user_location", "country"),
        message=message,
        help=f'write "{meant}"' if meant in known.codes - known.refused else "leave `country` out: a city may stay",
        api_error=errors().text("country_unsupported", path=f"tools.{index}.{tool_type}", code=country),
        severity=None if country in known.refused or _is_nobodys(meant) else "warning",
        variant=country,
    )


def _is_nobodys(code: str) -> bool:
    """Whether a code is neither a country's nor reserved for another use."""
    return code not in countries().codes | countries().reserved
