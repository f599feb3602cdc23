//! What a schema cannot say of a request: order, sums, and what lies in files.
//!
//! Each check does what that of the same name in `src/batchlint/engine/usual_checks.py` does: none where a request is
//! not usual, or else a text that joins the key. Where that one decides, this one may still leave a request as not usual.

use crate::compile::Trouble;
use crate::image::usual_media_type;
use crate::json::Kind;
use crate::names::hash_of;
use crate::number::value_of;
use crate::request::{Block, BlockKind, Message, Request, Role};
use crate::text::Characters;

/// A check.
pub type Check = fn(&Request) -> Option<&'static str>;

/// The check of a name.
pub fn named(name: &str) -> Result<Check, Trouble> {
    Ok(match name {
        "turns" => turns,
        "exchange" => exchange,
        "references" => references,
        "images" => images,
        "documents" => documents,
        "breakpoints" => breakpoints,
        "tool_names" => tool_names,
        "answer_schema" => answer_schema,
        "thinking_budget" => thinking_budget,
        "finite_numbers" => finite_numbers,
        "size" => crate::size::size,
        _ => return Err(format!("the check {name}")),
    })
}

/// The user speaks first; where the assistant speaks last, it is a plain text that can be continued. The system speaks
/// between the user and the assistant, or last.
fn turns(request: &Request) -> Option<&'static str> {
    let first = request.messages.first()?;
    let last = request.messages.last()?;
    if first.role != Role::User {
        return None;
    }
    let is_system_misplaced = |pair: &[Message]| match (pair[0].role, pair[1].role) {
        (Role::System, role) => role != Role::Assistant,
        (role, Role::System) => role != Role::User,
        _ => false,
    };
    if request.messages.windows(2).any(is_system_misplaced) {
        return None;
    }
    let has_system = request.messages.iter().any(|message| message.role == Role::System);
    if last.role != Role::Assistant {
        return Some(if has_system { "system" } else { "" });
    }
    let before = &request.messages[request.messages.len() - 2];
    let is_text = request.document.kind(last.content) == Kind::Text;
    let ends_blank = || Characters::of(request.document.raw_text(last.content)).last().is_none_or(is_space);
    let is_plain = is_text && before.role == Role::User && !ends_blank();
    is_plain.then_some(if has_system { "prefill system" } else { "prefill" })
}

/// Whether Python takes a character for white space.
fn is_space(character: u32) -> bool {
    matches!(character, 9..=13 | 28..=32 | 0x85 | 0xa0 | 0x1680 | 0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000)
}

/// Uses of tools that are compared with all results at most.
const MOST_USES: usize = 100;

/// Each use of a tool has its result, in order; where the model is to think, turns that use tools begin with that.
fn exchange(request: &Request) -> Option<&'static str> {
    if !in_order(request)? {
        return None;
    }
    let document = request.document;
    let kind = request.inside(request.param(request.words.thinking), request.words.kind);
    let is_off = kind.is_none_or(|kind| document.kind(kind) == Kind::Null || document.is_text(kind, "disabled"));
    if !is_off && !request.messages.iter().all(|message| begins_with_thinking(request.blocks_of(message))) {
        return None;
    }
    let mut kinds = 0;
    for block in request.blocks {
        kinds |= match block.kind {
            BlockKind::ToolUse => 1,
            BlockKind::Thinking => 2,
            BlockKind::RedactedThinking => 4,
            BlockKind::ServerToolUse => 8,
            _ => 0,
        };
    }
    // A digit for each set of kinds.
    Some(&"0123456789abcdef"[kinds..=kinds])
}

fn begins_with_thinking<'a>(blocks: impl Iterator<Item = &'a Block>) -> bool {
    let mut kinds = blocks.map(|block| block.kind);
    let first = kinds.next();
    matches!(first, Some(BlockKind::Thinking | BlockKind::RedactedThinking))
        || first != Some(BlockKind::ToolUse) && !kinds.any(|kind| kind == BlockKind::ToolUse)
}

/// Whether tool uses end the assistant's turn, and the user's next message begins with one result for each, and the
/// result of a server tool comes after its call in the same message; none where there are too many to tell.
fn in_order(request: &Request) -> Option<bool> {
    let mut pending: Vec<&[u8]> = Vec::new();
    let mut running: Vec<&[u8]> = Vec::new();
    for message in request.messages {
        if message.role == Role::System {
            continue;
        }
        if request.document.kind(message.content) == Kind::Text {
            if !pending.is_empty() {
                return Some(false);
            }
        } else if message.role == Role::Assistant {
            for block in request.blocks_of(message) {
                match block.kind {
                    BlockKind::ToolUse => {
                        let id = plain_text(request, block, request.words.id)?;
                        if pending.contains(&id) {
                            return Some(false);
                        }
                        if pending.len() >= MOST_USES {
                            return None;
                        }
                        pending.push(id);
                    }
                    _ if !pending.is_empty() => return Some(false),
                    BlockKind::Text | BlockKind::Thinking | BlockKind::RedactedThinking => {}
                    BlockKind::ServerToolUse => {
                        let id = plain_text(request, block, request.words.id)?;
                        if running.contains(&id) {
                            return Some(false);
                        }
                        if running.len() >= MOST_USES {
                            return None;
                        }
                        running.push(id);
                    }
                    BlockKind::ServerResult | BlockKind::ToolSearchResult => {
                        let id = plain_text(request, block, request.words.tool_use_id)?;
                        let Some(place) = running.iter().position(|each| *each == id) else { return Some(false) };
                        running.remove(place);
                    }
                    _ => return Some(false),
                }
            }
            if !running.is_empty() {
                return Some(false);
            }
        } else if !begins_with_results(request, request.blocks_of(message), &mut pending)? {
            return Some(false);
        }
    }
    Some(pending.is_empty())
}

/// Whether each pending use of a tool has one result, and those stand first. None is pending then.
fn begins_with_results<'a>(
    request: &Request<'a>,
    blocks: impl Iterator<Item = &'a Block>,
    pending: &mut Vec<&'a [u8]>,
) -> Option<bool> {
    let mut is_among_results = true;
    for block in blocks {
        match block.kind {
            BlockKind::ToolResult if is_among_results => {
                let id = plain_text(request, block, request.words.tool_use_id)?;
                let Some(place) = pending.iter().position(|each| *each == id) else { return Some(false) };
                pending.remove(place);
            }
            BlockKind::Text | BlockKind::Image | BlockKind::Document | BlockKind::ContainerUpload => {
                is_among_results = false;
            }
            _ => return Some(false),
        }
    }
    Some(pending.is_empty())
}

/// The bytes of a text of a block; none if they hold escapes.
fn plain_text<'a>(request: &Request<'a>, block: &Block, name: crate::names::Name) -> Option<&'a [u8]> {
    let place = request.document.member(block.place, name)?;
    let node = request.document.node(place);
    (node.kind == Kind::Text && !node.has_escapes).then(|| request.document.raw_text(place))
}

/// What searches for tools have found are tools of the request.
fn references(request: &Request) -> Option<&'static str> {
    let (document, words) = (request.document, request.words);
    let is_known = |reference: usize| {
        let Some(name) = document.member(reference, words.tool_name) else { return false };
        let mut tools = request.items(request.param(words.tools)).filter_map(|tool| document.member(tool, words.name));
        document.kind(name) == Kind::Text && tools.any(|tool| document.bytes(tool) == document.bytes(name))
    };
    let are_known = |block: &Block| match block.kind {
        BlockKind::ToolReference => is_known(block.place),
        BlockKind::ToolSearchResult => {
            let found = document.member(block.place, words.content);
            request.items(request.inside(found, words.tool_references)).all(is_known)
        }
        _ => true,
    };
    request.blocks.iter().all(are_known).then_some("")
}

/// Few images, each of a known format, as large as its header says, and as it is declared.
fn images(request: &Request) -> Option<&'static str> {
    let images = || request.blocks.iter().filter(|block| block.kind == BlockKind::Image);
    let count = images().count();
    if count == 0 {
        return Some("");
    }
    let has_documents = request.blocks.iter().any(|block| block.kind == BlockKind::Document);
    let are_few = count as f64 <= request.limits.images;
    (are_few && !has_documents && images().all(|image| is_usual_image(request, image))).then_some("images")
}

fn is_usual_image(request: &Request, block: &Block) -> bool {
    let (document, words) = (request.document, request.words);
    let source = document.member(block.place, words.source);
    if request.inside(source, words.url).or(request.inside(source, words.file_id)).is_some() {
        return true;
    }
    let Some((data, declared)) = request.inside(source, words.data).zip(request.inside(source, words.media_type))
    else {
        return false;
    };
    if document.kind(data) != Kind::Text || document.node(data).has_escapes {
        return false;
    }
    usual_media_type(document.raw_text(data), request.limits).is_some_and(|found| document.is_text(declared, found))
}

/// All documents are cited from, or none is.
fn documents(request: &Request) -> Option<&'static str> {
    let (document, words) = (request.document, request.words);
    let mut found = "";
    for block in request.blocks.iter().filter(|block| block.kind == BlockKind::Document) {
        let citations = document.member(block.place, words.citations);
        let is_cited = match request.inside(citations, words.enabled).map(|enabled| document.kind(enabled)) {
            Some(Kind::True) => "cited",
            Some(Kind::False | Kind::Null) | None => "not cited",
            Some(_) => return None,
        };
        if !found.is_empty() && found != is_cited {
            return None;
        }
        found = is_cited;
    }
    Some(found)
}

/// No more cache breakpoints than are allowed, wherever they are, and all of them for the same time.
fn breakpoints(request: &Request) -> Option<&'static str> {
    let (document, words) = (request.document, request.words);
    let tools = request.items(request.param(words.tools));
    let system = request.items(request.param(words.system));
    let blocks = request.blocks.iter().map(|block| block.place);
    let (mut lifetime, mut count) = ("", 0.0);
    for holder in tools.chain(system).chain(blocks) {
        let Some(breakpoint) = document.member(holder, words.cache_control) else { continue };
        if document.kind(breakpoint) != Kind::Object {
            return None;
        }
        let found = match document.member(breakpoint, words.ttl) {
            None => "default",
            Some(ttl) if document.is_text(ttl, "5m") => "5m",
            Some(ttl) if document.is_text(ttl, "1h") => "1h",
            Some(_) => return None,
        };
        if !lifetime.is_empty() && lifetime != found {
            return None;
        }
        lifetime = found;
        count += 1.0;
    }
    if request.param(words.cache_control).is_some() && count > 0.0 {
        return None;
    }
    (count <= request.limits.breakpoints).then_some(lifetime)
}

/// Each tool has a name of its own, and a tool that must be used is among them.
fn tool_names(request: &Request) -> Option<&'static str> {
    let (document, words) = (request.document, request.words);
    let tools = request.param(words.tools);
    if tools.is_some_and(|tools| !matches!(document.kind(tools), Kind::Array | Kind::Null)) {
        return None;
    }
    let mut names = Vec::new();
    for tool in request.items(tools) {
        let name = document.member(tool, words.name).filter(|&name| document.kind(name) == Kind::Text)?;
        if document.node(name).has_escapes {
            return None;
        }
        names.push(hash_of(document.raw_text(name)));
    }
    let chosen = request.inside(request.param(words.tool_choice), words.name);
    if let Some(chosen) = chosen.filter(|&chosen| document.kind(chosen) != Kind::Null) {
        let mut tools = request.items(tools).filter_map(|tool| document.member(tool, words.name));
        let is_text = document.kind(chosen) == Kind::Text;
        if !is_text || !tools.any(|name| document.bytes(name) == document.bytes(chosen)) {
            return None;
        }
    }
    names.sort_unstable();
    let are_different = names.windows(2).all(|pair| pair[0] != pair[1]);
    are_different.then_some(if names.is_empty() { "" } else { "tools" })
}

/// The schema of the answer leaves few properties optional, and requires none that it does not describe. Beside tools
/// it leaves none optional: the API adds up those of the answer and of strict tools.
fn answer_schema(request: &Request) -> Option<&'static str> {
    let format = request.inside(request.param(request.words.output_config), request.words.format);
    let optional = match request.inside(format, request.words.schema) {
        Some(schema) => optional_properties(request, schema)?,
        None => 0,
    };
    let has_tools = request.items(request.param(request.words.tools)).next().is_some();
    let most = if has_tools { 0.0 } else { request.limits.optional_properties };
    (optional as f64 <= most).then_some("")
}

/// How many properties a plain schema leaves optional, those inside of it too.
fn optional_properties(request: &Request, schema: usize) -> Option<usize> {
    let (document, words) = (request.document, request.words);
    let Some(properties) = document.member(schema, words.properties) else {
        let items = document.member(schema, words.items);
        return items.map_or(Some(0), |items| optional_properties(request, items));
    };
    let required = document.member(schema, words.required);
    let mut optional = document.members(properties).count();
    for name in request.items(required) {
        let is_it = |key| document.raw_text(key) == document.raw_text(name);
        let is_text = document.kind(name) == Kind::Text;
        if !is_text || !document.members(properties).any(|(key, _)| is_it(key)) {
            return None;
        }
        optional = optional.checked_sub(1)?;
    }
    for (_, property) in document.members(properties) {
        optional += optional_properties(request, property)?;
    }
    Some(optional)
}

/// What thinking may take is less than what the whole answer may have.
fn thinking_budget(request: &Request) -> Option<&'static str> {
    let number = |place| {
        let is_number = request.document.kind(place) == Kind::Number;
        is_number.then(|| value_of(request.document.bytes(place))).flatten()
    };
    let thinking = request.param(request.words.thinking);
    match request.inside(thinking, request.words.budget_tokens) {
        None => Some(""),
        Some(budget) => (number(budget)? < number(request.param(request.words.max_tokens)?)?).then_some(""),
    }
}

/// No number is larger than numbers can be: where it might be, nothing was read.
fn finite_numbers(_request: &Request) -> Option<&'static str> {
    Some("")
}
