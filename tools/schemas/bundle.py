"""The bundled schemas: one batch request item per API version, and one line of a results file."""

from collections.abc import Iterator

from batchlint.resources import schema_id

from .beta import beta_only
from .null import with_null
from .overlay import BOTH_API_VERSIONS, beta_members, laid_over, our_name, refused_nulls
from .sdk import Json, SdkTypes
from .shape import Form, only_reached, shape
from .usual import usual_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def bundled_schemas(types: SdkTypes, overlay: Json, usual: Json | None) -> Iterator[tuple[str, Json]]:
    """File name and schema of each; ValueError when types, overlay and the table of what is usual do not fit."""
    for api_version in BOTH_API_VERSIONS:
        request = _request(types, overlay, api_version)
        yield f"batch-request-{api_version}.schema.json", request
        if usual is not None:
            yield f"usual-request-{api_version}.schema.json", usual_schema(request, usual, api_version)
    yield "batch-result.schema.json", _result(types, overlay)


def _request(types: SdkTypes, overlay: Json, api_version: str) -> Json:
    form = Form(closed=True, rename=lambda name: our_name(name, overlay), frequent_tags=overlay["frequent_tags"])
    stable, beta = shape(types.request, form), shape(types.beta_request, form)
    schema = only_reached(laid_over(beta, overlay, api_version))
    schema = with_null(schema, refused_nulls(schema, overlay, api_version))
    _refuse_open_definitions(schema, overlay)
    return {
        "$schema": DIALECT,
        "$id": schema_id("batch-request", api_version),
        "title": f"A request of a Message Batch, API version {api_version}",
        "x-batchlint": {
            "api_version": api_version,
            "sdk": types.version,
            "beta": _beta_names(stable, beta, schema, beta_members(overlay, api_version)),
        },
        **schema,
    }


def _result(types: SdkTypes, overlay: Json) -> Json:
    form = Form(closed=False, rename=lambda name: our_name(name, overlay), frequent_tags=overlay["frequent_tags"])
    schema = only_reached(laid_over(shape(types.beta_result, form), overlay, "result"))
    return {
        "$schema": DIALECT,
        "$id": schema_id("batch-result"),
        "title": "A line of the results of a Message Batch",
        "x-batchlint": {"sdk": types.version},
        **schema,
    }


def _beta_names(stable: Json, beta: Json, final: Json, added: list[str]) -> dict[str, list[str]]:
    """The beta names by place, less the members that the overlay takes away, and with those that it adds."""
    names = beta_only(stable, beta)
    for at in added:
        definition, member = at.split("/")
        names[f"{definition}/*"] = sorted([*names.get(f"{definition}/*", []), member])
    for place, members in names.items():
        if place.endswith("/*"):
            names[place] = [name for name in members if name in final["$defs"][place[:-2]]["properties"]]
    return names


def _refuse_open_definitions(schema: Json, overlay: Json) -> None:
    """A response model that slipped into a request would take anything: the overlay has to say which may be open."""
    meant = {name for entry in overlay["open"] for name in entry["definitions"]}
    found = {name for name, definition in schema["$defs"].items() if definition["additionalProperties"] is not False}
    if found - meant:
        raise ValueError(f"open to unknown members, and not listed as such in overlay.toml: {sorted(found - meant)}")
