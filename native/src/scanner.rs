//! Goes through requests, one behind the other, as long as they are known to be clean.

use crate::checks::{named, Check};
use crate::compile::{compile, Trouble};
use crate::document::Document;
use crate::json::{Extent, Kind, Refusal, Tape, LONGEST};
use crate::key::Key;
use crate::known::{Known, Tag};
use crate::limits::Limits;
use crate::program::Program;
use crate::request::{Parts, Request, Words};
use crate::run::takes;

/// What stands between two requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// A line feed: each request is on a line of its own.
    LineFeed,
    /// A comma, blanks around it.
    Comma,
}

/// Why a scan ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Why {
    /// All was passed over.
    End = 0,
    /// As many requests as were asked for.
    Limit = 1,
    /// A request that is usual, but of which it is not known that it is clean.
    New = 2,
    /// Anything else.
    Other = 3,
    /// The data end inside a request, or before it is seen what comes behind it.
    Cut = 4,
    /// A request in which something is found, and it is known what.
    Known = 5,
}

/// Where a scan begins: the offset in the file, the line, and the offset at which that line begins.
#[derive(Clone, Copy, Debug)]
pub struct Begin {
    /// The offset of the first byte that is looked at.
    pub offset: i64,
    /// Its line.
    pub line: i64,
    /// Where that line begins.
    pub line_offset: i64,
}

/// What is known of the requests that were passed over, one number each.
#[derive(Default)]
pub struct Columns {
    /// Offsets in the file.
    pub offsets: Vec<i64>,
    /// Lengths in bytes.
    pub lengths: Vec<i64>,
    /// Lines.
    pub lines: Vec<i64>,
    /// Offsets at which those lines begin.
    pub line_offsets: Vec<i64>,
    /// The ids, a line feed between two.
    pub ids: Vec<u8>,
}

impl Columns {
    fn clear(&mut self) {
        for column in [&mut self.offsets, &mut self.lengths, &mut self.lines, &mut self.line_offsets] {
            column.clear();
        }
        self.ids.clear();
    }

    fn add(&mut self, offset: i64, length: usize, cursor: &Cursor, id: &[u8]) {
        if !self.offsets.is_empty() {
            self.ids.push(b'\n');
        }
        self.offsets.push(offset);
        self.lengths.push(length as i64);
        self.lines.push(cursor.line);
        self.line_offsets.push(cursor.line_offset);
        self.ids.extend_from_slice(id);
    }
}

/// A program, and what is known to be clean by it.
pub struct Scanner {
    usual: Usual,
    tape: Tape,
    known: Known,
    columns: Columns,
    /// The request at which the last scan ended as new or known, whose key is still there: where it begins, and its
    /// length.
    candidate: Option<(usize, usize)>,
    /// The place of its id: where it begins, counted from where the request does, and where it ends.
    candidate_id: (usize, usize),
    /// What is found in it, if that is known.
    tag: Tag,
}

/// Where a scan has come to in its data, and the line there.
struct Cursor {
    at: usize,
    line: i64,
    line_offset: i64,
}

/// A request that is known to be clean: where it ends, and its id, counted from where it begins.
struct Passed {
    extent: Extent,
    id: (usize, usize),
}

impl Scanner {
    /// A scanner by the text of a usual schema, and the limits that requests are held against.
    pub fn new(schema: &[u8], limits: &[u8]) -> Result<Self, Trouble> {
        Ok(Self {
            usual: Usual::new(schema, limits)?,
            tape: Tape::default(),
            known: Known::default(),
            columns: Columns::default(),
            candidate: None,
            candidate_id: (0, 0),
            tag: 0,
        })
    }

    /// What the last scan passed over.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Where in the data of the last scan the request begins at which it ended as new or known, and its length.
    pub fn candidate(&self) -> Option<(usize, usize)> {
        self.candidate
    }

    /// Where the id of that request begins, counted from where the request does, and where it ends.
    pub fn candidate_id(&self) -> (usize, usize) {
        self.candidate_id
    }

    /// What is found in the request at which the last scan ended as known.
    pub fn tag(&self) -> Tag {
        self.tag
    }

    /// The candidate of the last scan was judged: this was found in it.
    pub fn learn(&mut self, tag: Tag) {
        if self.candidate.take().is_some() {
            self.known.learn(&self.usual.key, tag);
        }
    }

    /// Passes over requests from the first byte of `data` on; returns how many bytes were passed over, and why it
    /// ended. The line feed behind the last line counts, though `data` end before it.
    pub fn scan(&mut self, data: &[u8], separator: Separator, limit: usize, begin: Begin) -> (usize, Why) {
        self.columns.clear();
        self.candidate = None;
        let mut cursor = Cursor { at: 0, line: begin.line, line_offset: begin.line_offset };
        let why = loop {
            if cursor.at >= data.len() {
                break Why::End;
            }
            if self.columns.offsets.len() >= limit {
                break Why::Limit;
            }
            if let Err(why) = self.step(data, separator, begin.offset, &mut cursor) {
                break why;
            }
        };
        (cursor.at, why)
    }

    /// Passes over one request.
    fn step(&mut self, data: &[u8], separator: Separator, base: i64, cursor: &mut Cursor) -> Result<(), Why> {
        let start = match separator {
            Separator::LineFeed => cursor.at + blanks(&data[cursor.at..], b" \t\r"),
            Separator::Comma => cursor.at,
        };
        let passed = self.pass(data, start, separator)?;
        let (end, feeds) = (start + passed.extent.end, passed.extent.feeds);
        let following = match separator {
            Separator::LineFeed => following_line(data, end)?,
            Separator::Comma => following_item(data, end)?,
        };
        let id = &data[start + passed.id.0..start + passed.id.1];
        self.columns.add(base + start as i64, passed.extent.end, cursor, id);
        if separator == Separator::LineFeed {
            cursor.line += 1;
            cursor.line_offset = base + following as i64;
        } else {
            if feeds > 0 {
                cursor.line += feeds as i64;
                cursor.line_offset = base + (start + passed.extent.last_feed) as i64 + 1;
            }
            for (place, _) in data[end..following].iter().enumerate().filter(|(_, &byte)| byte == b'\n') {
                cursor.line += 1;
                cursor.line_offset = base + (end + place) as i64 + 1;
            }
        }
        cursor.at = following;
        Ok(())
    }

    /// Looks at the request that begins at `start`.
    fn pass(&mut self, data: &[u8], start: usize, separator: Separator) -> Result<Passed, Why> {
        let data = &data[start..];
        let longest = (self.usual.limits.bytes as usize).min(LONGEST);
        let is_whole = data.len() <= longest;
        let data = if is_whole { data } else { &data[..longest] };
        let extent = match self.tape.read(data, &self.usual.program.names, separator == Separator::Comma) {
            Ok(extent) => extent,
            Err(Refusal::Cut) if is_whole => return Err(Why::Cut),
            Err(_) => return Err(Why::Other),
        };
        let document = Document { data, nodes: self.tape.nodes() };
        let id = self.usual.id_of(document).ok_or(Why::Other)?;
        let known = self.known.tag(&self.usual.key);
        if known == Some(0) {
            return Ok(Passed { extent, id });
        }
        self.candidate = Some((start, extent.end));
        self.candidate_id = id;
        self.tag = known.unwrap_or_default();
        Err(if known.is_some() { Why::Known } else { Why::New })
    }
}

/// What tells usual requests from others.
struct Usual {
    program: Program,
    checks: Vec<Check>,
    words: Words,
    limits: Limits,
    parts: Parts,
    /// Of the request that was looked at last.
    key: Key,
}

impl Usual {
    fn new(schema: &[u8], limits: &[u8]) -> Result<Self, Trouble> {
        let mut program = compile(schema)?;
        Ok(Self {
            checks: program.checks.iter().map(|name| named(name)).collect::<Result<_, _>>()?,
            words: Words::known_to(&mut program.names),
            program,
            limits: Limits::parse(limits)?,
            parts: Parts::default(),
            key: Key::default(),
        })
    }

    /// The place of a usual request's id, and its key in `key`; none of any other request.
    fn id_of(&mut self, document: Document) -> Option<(usize, usize)> {
        self.key.clear();
        if !takes(&self.program, document, &mut self.key) {
            return None;
        }
        let (id, body) = self.program.item;
        let id = document.node(document.member(0, id)?);
        if id.kind != Kind::Text || id.has_escapes {
            return None;
        }
        let params = document.member(0, body)?;
        for (key, _) in document.members(params) {
            match document.node(key).name {
                // The schema does not speak of it.
                0 => self.key.add_bytes(0, document.bytes(key)),
                name => self.key.add_name(name),
            }
        }
        if !self.checks.is_empty() {
            self.parts.find(document, params, &self.words)?;
            // Whatever rules there will be: what they make of one kind of block they need not make of another.
            self.key.add_kinds(self.parts.kinds());
            let size = document.bytes(0).len();
            let request = Request::new(document, params, &self.parts, size, &self.words, &self.limits);
            for check in &self.checks {
                self.key.add_text(check(&request)?);
            }
        }
        self.key.finish();
        Some((id.start as usize + 1, id.end as usize - 1))
    }
}

/// How many of the first bytes are blanks.
fn blanks(data: &[u8], blanks: &[u8]) -> usize {
    data.iter().position(|byte| !blanks.contains(byte)).unwrap_or(data.len())
}

/// Where the next line begins behind a request that ends at `end`, if nothing else stands on its line.
fn following_line(data: &[u8], end: usize) -> Result<usize, Why> {
    let at = end + blanks(&data[end..], b" \t\r");
    match data.get(at) {
        Some(b'\n') | None => Ok(at + 1),
        Some(_) => Err(Why::Other),
    }
}

/// Where the next item of the list begins behind a request that ends at `end`.
fn following_item(data: &[u8], end: usize) -> Result<usize, Why> {
    let comma = end + blanks(&data[end..], b" \t\r\n");
    match data.get(comma) {
        Some(b',') => {}
        Some(_) => return Err(Why::Other),
        None => return Err(Why::Cut),
    }
    let item = comma + 1 + blanks(&data[comma + 1..], b" \t\r\n");
    match data.get(item) {
        Some(b'{') => Ok(item),
        Some(_) => Err(Why::Other),
        None => Err(Why::Cut),
    }
}
