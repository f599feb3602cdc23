//! How many tokens a request can have at most: `batchlint/tokens/bound.py` and `most.py`, with the costs of the dearest
//! model.

use crate::document::Place;
use crate::json::Kind;
use crate::most::Texts;
use crate::request::{Block, BlockKind, Request};

/// How much longer JSON can get when the API writes it with spaces.
const WRITTEN_OUT: f64 = 1.5;
/// Bytes of a number, however it is written out.
const NUMBER: usize = 32;
/// Bytes between two values that are written one behind the other.
const BETWEEN: usize = 2;
/// Bytes of texts that are looked at.
const MOST_TEXT: usize = 1_000_000;

/// The request is surely within the limits on bytes and tokens.
pub fn size(request: &Request) -> Option<&'static str> {
    let limits = request.limits;
    if request.size as f64 > limits.bytes {
        return None;
    }
    let parts = tokens_of_parts(request);
    // Two more, as sums of fractions are rounded.
    let is_within = |texts: f64| parts + texts + 2.0 <= limits.tokens;
    (is_within(by_bytes(request)) || by_texts(request).is_some_and(is_within)).then_some("")
}

/// Tokens of what has its price, whatever is written in it.
fn tokens_of_parts(request: &Request) -> f64 {
    let (document, words, limits) = (request.document, request.words, request.limits);
    let mut tokens = limits.tokens_once + limits.tokens_message * request.messages.len() as f64;
    for tool in request.items(request.param(words.tools)) {
        let is_defined = document.member(tool, words.kind).is_some();
        tokens += limits.tokens_tool + if is_defined { limits.tokens_defined_tool } else { 0.0 };
    }
    let config = request.param(words.output_config);
    for output in [request.inside(config, words.format), request.param(words.output_format)].into_iter().flatten() {
        tokens += limits.tokens_byte * indented(request, output, 0) as f64;
    }
    for block in request.blocks {
        tokens += match block.kind {
            BlockKind::Text => 0.0,
            BlockKind::Image => limits.tokens_image,
            BlockKind::Document => limits.tokens_document + page(request, block),
            BlockKind::Thinking | BlockKind::RedactedThinking => limits.tokens_thinking,
            BlockKind::ToolResult => limits.tokens_result,
            BlockKind::ServerResult
            | BlockKind::ToolSearchResult
            | BlockKind::ToolReference
            | BlockKind::ContainerUpload => 0.0,
            BlockKind::ToolUse | BlockKind::ServerToolUse => {
                let parameters = document.members_of(document.member(block.place, words.input)).count();
                let name = document.member(block.place, words.name).map_or(0, |name| document.bytes(name).len());
                limits.tokens_use + limits.tokens_parameter * parameters as f64 + limits.tokens_byte * name as f64
            }
        };
    }
    tokens
}

/// Tokens of a page of a document that is not in the request.
fn page(request: &Request, block: &Block) -> f64 {
    let source = request.document.member(block.place, request.words.source);
    let is_here = request.inside(source, request.words.data).is_some();
    if is_here {
        0.0
    } else {
        request.limits.tokens_page
    }
}

/// Tokens of all bytes that are no file's.
fn by_bytes(request: &Request) -> f64 {
    let words = request.words;
    let is_use = |block: &Block| matches!(block.kind, BlockKind::ToolUse | BlockKind::ServerToolUse);
    let has_uses = request.blocks.iter().any(is_use);
    let is_longer = has_uses || request.items(request.param(words.tools)).next().is_some();
    let files: usize = request.blocks.iter().map(|block| file(request, block)).sum();
    let tokens = (request.size - files) as f64 * request.limits.tokens_byte;
    if is_longer {
        tokens * WRITTEN_OUT
    } else {
        tokens
    }
}

/// Bytes of a block that are a file's.
fn file(request: &Request, block: &Block) -> usize {
    if block.kind != BlockKind::Image {
        return 0;
    }
    let source = request.document.member(block.place, request.words.source);
    let data = request.inside(source, request.words.data);
    data.map_or(0, |data| request.document.raw_text(data).len())
}

/// Tokens of all texts by their characters, and of all other values by their bytes; none where they are too long.
fn by_texts(request: &Request) -> Option<f64> {
    let (document, words, limits) = (request.document, request.words, request.limits);
    let mut texts = Texts::default();
    let mut json = 0;
    // Of these not all texts are looked for here.
    let is_rare = |block: &Block| match block.kind {
        BlockKind::ServerToolUse | BlockKind::ServerResult | BlockKind::ToolSearchResult => true,
        BlockKind::Text => document.member(block.place, words.citations).is_some(),
        _ => false,
    };
    if request.blocks.iter().any(is_rare) {
        return None;
    }
    let mut add = |place: Option<Place>| {
        if let Some(place) = place.filter(|&place| document.kind(place) == Kind::Text) {
            texts.add(document.raw_text(place), document.node(place).has_escapes);
        }
    };
    // In this order, as it matters at which places spaces are looked for.
    add(request.inside(request.param(words.tool_choice), words.name));
    let system = request.param(words.system);
    add(system);
    request.items(system).for_each(|block| add(document.member(block, words.text)));
    for message in request.messages {
        add(Some(message.content));
        for block in &request.blocks[message.first_block..message.end] {
            let member = |name| document.member(block.place, name);
            match block.kind {
                BlockKind::Text => add(member(words.text)),
                BlockKind::ToolResult => add(member(words.content)),
                BlockKind::ToolUse => {
                    add(member(words.name));
                    let parameters = || document.members_of(member(words.input));
                    parameters().for_each(|(key, _)| add(Some(key)));
                    for (_, value) in parameters() {
                        add(Some(value));
                        json += if document.kind(value) == Kind::Text { 0 } else { written(request, value) + BETWEEN };
                    }
                }
                BlockKind::Thinking => add(member(words.thinking)),
                BlockKind::Document => {
                    add(member(words.title));
                    add(member(words.context));
                    add(request.inside(member(words.source), words.data));
                }
                _ => {}
            }
        }
    }
    for tool in request.items(request.param(words.tools)) {
        json += written(request, tool) + BETWEEN;
    }
    let tokens = limits.tokens_byte * (json + BETWEEN) as f64 + texts.most_tokens(limits);
    (texts.bytes <= MOST_TEXT).then_some(tokens)
}

/// As many bytes as a value has at most when it is written in one line, with spaces.
fn written(request: &Request, place: Place) -> usize {
    let document = request.document;
    let member = |(key, value)| document.bytes(key).len() + written(request, value) + 2 * BETWEEN;
    let item = |item| written(request, item) + BETWEEN;
    match document.kind(place) {
        Kind::Object => 2 + document.members(place).map(member).sum::<usize>(),
        Kind::Array => 2 + document.children(place).map(item).sum::<usize>(),
        Kind::Number => NUMBER.max(document.bytes(place).len()),
        _ => document.bytes(place).len(),
    }
}

/// As many bytes as a value has at most when each value in it is written on a line, indented.
fn indented(request: &Request, place: Place, depth: usize) -> usize {
    let document = request.document;
    let line = 2 * depth + 2 * BETWEEN;
    let member = |(key, value)| document.bytes(key).len() + indented(request, value, depth + 1);
    match document.kind(place) {
        Kind::Object => 2 * line + document.members(place).map(member).sum::<usize>(),
        Kind::Array => {
            2 * line + document.children(place).map(|item| indented(request, item, depth + 1)).sum::<usize>()
        }
        _ => line + written(request, place),
    }
}
