"""The request and result types of the installed SDK, as the JSON Schemas that pydantic makes of them."""

from typing import Any, NamedTuple

Json = dict[str, Any]


class SdkTypes(NamedTuple):
    """The raw schemas of one SDK release: anyOf unions, open objects, response models inside request unions."""

    version: str
    request: Json  # a batch request item as the generally available types have it
    beta_request: Json  # the same item in the beta types: all of the above and more
    beta_result: Json  # one line of a results file, in the beta types


def read_types() -> SdkTypes:
    """Reads the installed SDK (a development dependency); ImportError without it."""
    import anthropic
    from anthropic.types.beta.messages import BetaMessageBatchIndividualResponse
    from anthropic.types.beta.messages.batch_create_params import Request as BetaRequest
    from anthropic.types.messages.batch_create_params import Request
    from pydantic import TypeAdapter

    def raw(kind: Any) -> Json:
        return TypeAdapter(kind).json_schema()

    return SdkTypes(anthropic.__version__, raw(Request), raw(BetaRequest), raw(BetaMessageBatchIndividualResponse))
