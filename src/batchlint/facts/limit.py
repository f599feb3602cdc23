"""The API's limits and this project's own: `limits.toml`, typed."""

from __future__ import annotations

import re
from typing import get_type_hints

from batchlint.facts.reading import Table, read


class ApiLimits(Table):
    """Versions, oldest first, and the headers that a limit depends on."""

    versions: tuple[str, ...]
    extended_output_header: str
    interleaved_thinking_header: str


class KnowledgeLimits(Table):
    """When this project says of its own facts that they are old."""

    days: int
    """After they were last looked at."""


class BatchLimits(Table):
    """Of a whole batch. 256 MB: above `bytes_decimal` it may be refused, above `bytes_binary` it is."""

    minimum_requests: int
    requests: int
    bytes_decimal: int
    bytes_binary: int
    results_days: int


class CustomIdLimits(Table):
    """Of a custom_id."""

    pattern: str
    max_length: int

    def accepts(self, custom_id: str) -> bool:
        """Whether the API takes it."""
        return re.fullmatch(self.pattern, custom_id) is not None


class OneRequestLimits(Table):
    """Of one request; `bytes` is documented for the synchronous endpoint only."""

    bytes: int
    messages: int


class MetadataLimits(Table):
    """Of `metadata.user_id`; before 2026 its length was the former one."""

    user_id_max_length: int
    email_pattern: str


class SamplingLimits(Table):
    """Of temperature and top_p; all minima are 0, save top_p when the model thinks."""

    default_temperature: float
    default_top_p: float
    thinking_temperature: float
    thinking_minimum_top_p: float


class ThinkingLimits(Table):
    """Tokens of `thinking.budget_tokens` and `output_config.task_budget.total`."""

    minimum_task_budget: int


class InferenceLimits(Table):
    """Of inference_geo: the regions that are known, no closed list."""

    geos: tuple[str, ...]


class ToolLimits(Table):
    """Of tool definitions. A name above the portable length is refused elsewhere (Bedrock)."""

    name_pattern: str
    name_max_length: int
    property_key_pattern: str
    deferred: int


class ToolUseLimits(Table):
    """Of tool_use and server_tool_use blocks."""

    id_pattern: str
    name_max_length: int
    server_id_pattern: str


class CacheLimits(Table):
    """Of cache_control."""

    breakpoints: int


class StrictLimits(Table):
    """Of `output_config.format` and of tools with `strict: true`, all schemas of a request together."""

    tools: int
    optional_properties: int
    union_properties: int
    min_items: tuple[int, ...]
    string_formats: tuple[str, ...]


class McpLimits(Table):
    """Of mcp_servers."""

    name_max_length: int
    url_prefix: str


class ContainerLimits(Table):
    """Of container.skills."""

    skills: int


class ImageLimits(Table):
    """Of images: lengths of base64 text, sides in pixels. How many a request may have is the model's (`max_images`)."""

    base64_length: int
    side: int
    many: int
    side_when_many: int


class DocumentLimits(Table):
    """Of documents. How many pages one request may have is the model's (`max_pdf_pages`)."""

    pdf_header_window: int


class Limits(Table):
    """Every limit, by what it limits."""

    api: ApiLimits
    knowledge: KnowledgeLimits
    batch: BatchLimits
    custom_id: CustomIdLimits
    request: OneRequestLimits
    metadata: MetadataLimits
    sampling: SamplingLimits
    thinking: ThinkingLimits
    inference: InferenceLimits
    tool: ToolLimits
    tool_use: ToolUseLimits
    cache: CacheLimits
    strict: StrictLimits
    mcp: McpLimits
    container: ContainerLimits
    image: ImageLimits
    document: DocumentLimits


def load() -> Limits:
    """Reads `limits.toml`: each table into the class that `Limits` annotates it with."""
    document = read("limits")
    return Limits({name: table(document[name]) for name, table in get_type_hints(Limits).items()})
