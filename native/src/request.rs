//! The parts of a request that checks look at, found in one walk: messages and content blocks.

use crate::document::{Document, Place};
use crate::json::Kind;
use crate::limits::Limits;
use crate::names::{Name, Names};

macro_rules! words {
    ($($name:ident = $text:literal),* $(,)?) => {
        /// The names of members that checks look at.
        #[derive(Clone, Copy)]
        pub struct Words {
            $(#[doc = $text] pub $name: Name,)*
        }

        impl Words {
            /// Makes them known.
            pub fn known_to(names: &mut Names) -> Self {
                Self { $($name: names.add($text.as_bytes()),)* }
            }
        }
    };
}

words! {
    budget_tokens = "budget_tokens", cache_control = "cache_control", citations = "citations", content = "content", context = "context",
    data = "data", enabled = "enabled", format = "format", id = "id", input = "input",
    items = "items", kind = "type", max_tokens = "max_tokens", media_type = "media_type", messages = "messages",
    model = "model", name = "name", output_config = "output_config", output_format = "output_format",
    properties = "properties", required = "required", role = "role", schema = "schema",
    source = "source", system = "system", text = "text", thinking = "thinking", title = "title", tool_choice = "tool_choice",
    file_id = "file_id", tool_name = "tool_name", tool_references = "tool_references",
    tool_use_id = "tool_use_id", tools = "tools", ttl = "ttl",
    url = "url",
}

/// What a content block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// `text`
    Text,
    /// `image`
    Image,
    /// `document`
    Document,
    /// `tool_use`
    ToolUse,
    /// `tool_result`
    ToolResult,
    /// `thinking`
    Thinking,
    /// `redacted_thinking`
    RedactedThinking,
    /// `server_tool_use`
    ServerToolUse,
    /// What came back from one: `web_search_tool_result` and the like.
    ServerResult,
    /// `tool_search_tool_result`, which came back from one, too.
    ToolSearchResult,
    /// `tool_reference`
    ToolReference,
    /// `container_upload`
    ContainerUpload,
}

impl BlockKind {
    fn of(document: Document, place: Place) -> Option<Self> {
        let node = document.node(place);
        if node.kind != Kind::Text || node.has_escapes {
            return None;
        }
        match document.raw_text(place) {
            b"text" => Some(Self::Text),
            b"image" => Some(Self::Image),
            b"document" => Some(Self::Document),
            b"tool_use" => Some(Self::ToolUse),
            b"tool_result" => Some(Self::ToolResult),
            b"thinking" => Some(Self::Thinking),
            b"redacted_thinking" => Some(Self::RedactedThinking),
            b"server_tool_use" => Some(Self::ServerToolUse),
            b"tool_search_tool_result" => Some(Self::ToolSearchResult),
            b"web_search_tool_result"
            | b"web_fetch_tool_result"
            | b"code_execution_tool_result"
            | b"bash_code_execution_tool_result"
            | b"text_editor_code_execution_tool_result" => Some(Self::ServerResult),
            b"tool_reference" => Some(Self::ToolReference),
            b"container_upload" => Some(Self::ContainerUpload),
            _ => None,
        }
    }
}

/// A content block of a message, or one inside such a block.
#[derive(Clone, Copy)]
pub struct Block {
    /// Where it is.
    pub place: Place,
    /// What it is.
    pub kind: BlockKind,
    /// Whether it is inside another one.
    pub is_inner: bool,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// `user`
    User,
    /// `assistant`
    Assistant,
    /// `system`
    System,
}

/// A message.
#[derive(Clone, Copy)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub content: Place,
    /// Where its blocks begin among all.
    pub first_block: usize,
    /// Where they end.
    pub end: usize,
}

/// Messages and blocks; used again for the next request.
#[derive(Default)]
pub struct Parts {
    messages: Vec<Message>,
    blocks: Vec<Block>,
    /// A bit for each kind of block, and for the system's messages.
    kinds: u32,
}

impl Parts {
    /// Finds the parts of a request; none where something of them is not usual.
    pub fn find(&mut self, document: Document, params: Place, words: &Words) -> Option<()> {
        self.messages.clear();
        self.blocks.clear();
        self.kinds = 0;
        let messages = document.member(params, words.messages)?;
        if document.kind(messages) != Kind::Array {
            return None;
        }
        for message in document.children(messages) {
            let role = document.member(message, words.role)?;
            let is = |name| document.is_text(role, name);
            let role = match (is("user"), is("assistant"), is("system")) {
                (true, _, _) => Role::User,
                (_, true, _) => Role::Assistant,
                (_, _, true) => Role::System,
                _ => return None,
            };
            self.kinds |= u32::from(role == Role::System);
            let content = document.member(message, words.content)?;
            let first_block = self.blocks.len();
            match document.kind(content) {
                Kind::Text => {}
                Kind::Array => self.find_blocks(document, content, words, false)?,
                _ => return None,
            }
            self.messages.push(Message { role, content, first_block, end: self.blocks.len() });
        }
        Some(())
    }

    /// Which kinds of blocks there are, and whether the system speaks.
    pub fn kinds(&self) -> u32 {
        self.kinds
    }

    fn find_blocks(&mut self, document: Document, list: Place, words: &Words, is_inner: bool) -> Option<()> {
        for place in document.children(list) {
            let (mut kind, mut content) = (None, None);
            for (key, value) in document.members(place) {
                let name = document.node(key).name;
                if name == words.kind {
                    kind = BlockKind::of(document, value);
                } else if name == words.content {
                    content = Some(value);
                }
            }
            let kind = kind?;
            self.kinds |= 2 << kind as u32;
            self.blocks.push(Block { place, kind, is_inner });
            match content {
                // In the results of server tools there are no blocks.
                Some(content) if kind == BlockKind::ToolResult && document.kind(content) == Kind::Array => {
                    if is_inner {
                        return None;
                    }
                    self.find_blocks(document, content, words, true)?;
                }
                _ => {}
            }
        }
        Some(())
    }
}

/// A request, as checks look at it.
pub struct Request<'a> {
    /// All of it.
    pub document: Document<'a>,
    /// Its params.
    pub params: Place,
    /// Its messages.
    pub messages: &'a [Message],
    /// The content blocks of all messages, those inside of others behind them.
    pub blocks: &'a [Block],
    /// How many bytes it has.
    pub size: usize,
    /// The names of members.
    pub words: &'a Words,
    /// What it is held against.
    pub limits: &'a Limits,
}

impl<'a> Request<'a> {
    /// A request whose parts were found.
    pub fn new(
        document: Document<'a>,
        params: Place,
        parts: &'a Parts,
        size: usize,
        words: &'a Words,
        limits: &'a Limits,
    ) -> Self {
        Self { document, params, messages: &parts.messages, blocks: &parts.blocks, size, words, limits }
    }

    /// The value of a member of params.
    pub fn param(&self, name: Name) -> Option<Place> {
        self.document.member(self.params, name)
    }

    /// The value of a member of an object that may be missing itself.
    pub fn inside(&self, object: Option<Place>, name: Name) -> Option<Place> {
        object.and_then(|place| self.document.member(place, name))
    }

    /// The blocks of a message that are not inside of others.
    pub fn blocks_of(&self, message: &Message) -> impl Iterator<Item = &'a Block> + use<'a> {
        self.blocks[message.first_block..message.end].iter().filter(|block| !block.is_inner)
    }

    /// The items of a list that may be missing; none of what is no list.
    pub fn items(&self, list: Option<Place>) -> impl Iterator<Item = Place> + use<'a> {
        let document = self.document;
        let is_list = move |place: &Place| document.kind(*place) == Kind::Array;
        list.filter(is_list).into_iter().flat_map(move |place| document.children(place))
    }
}
