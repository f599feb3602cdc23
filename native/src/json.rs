//! From bytes to a tape: strict JSON (RFC 8259), and nothing that readers of JSON disagree about.
//!
//! Refused beside what is no JSON: repeated keys, halves of surrogate pairs, numbers that may be infinite, and what is
//! nested deeper than `DEEPEST`.

use crate::blocks::plain_end;
use crate::names::{hash_of, Name, Names};
use crate::number::number_end;
use crate::text::{decoded, escape_end};

/// Bytes whose places a tape can hold.
pub const LONGEST: usize = u32::MAX as usize - 1;
/// Levels of lists and objects, one inside the other.
pub const DEEPEST: usize = 100;
/// Keys of an object up to which each is compared with all before it.
const FEW_KEYS: usize = 24;

/// Why bytes are not read as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The data end inside the value.
    Cut,
    /// Something is wrong, or unusual.
    Odd,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An object: its members follow, each a text (the key) and a value.
    Object,
    /// A list: its items follow.
    Array,
    /// A text, or the key of a member.
    Text,
    /// A number.
    Number,
    /// `true`
    True,
    /// `false`
    False,
    /// `null`
    Null,
}

/// One value, or the key of a member.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Where it begins in the data, with its quote or bracket.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The place on the tape behind it and all that is in it; of a key, behind the member.
    pub next: u32,
    /// What it is.
    pub kind: Kind,
    /// Whether a text holds escapes.
    pub has_escapes: bool,
    /// Of a key, its number.
    pub name: Name,
}

/// A value that was read: each value before those that are in it. It is used again for the next one.
#[derive(Default)]
pub struct Tape {
    nodes: Vec<Node>,
    /// Hashes of the keys of the objects that are open.
    keys: Vec<u64>,
}

/// Where a value ends, and the line feeds between its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Where it ends.
    pub end: usize,
    /// How many line feeds there are.
    pub feeds: usize,
    /// Where the last of them is.
    pub last_feed: usize,
}

impl Tape {
    /// Reads the value that begins at the first byte of `data`, which may go on behind it; `over_lines` says whether
    /// line feeds may stand between its tokens.
    pub fn read(&mut self, data: &[u8], names: &Names, over_lines: bool) -> Result<Extent, Refusal> {
        if data.len() > LONGEST {
            return Err(Refusal::Odd);
        }
        self.nodes.clear();
        self.keys.clear();
        let mut reader = Reader { data, at: 0, names, tape: self, over_lines, feeds: 0, last_feed: 0 };
        reader.value(0)?;
        Ok(Extent { end: reader.at, feeds: reader.feeds, last_feed: reader.last_feed })
    }

    /// What was read.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }
}

struct Reader<'a> {
    data: &'a [u8],
    at: usize,
    names: &'a Names,
    tape: &'a mut Tape,
    over_lines: bool,
    feeds: usize,
    last_feed: usize,
}

impl Reader<'_> {
    /// The value at the cursor, which is moved behind it.
    fn value(&mut self, depth: usize) -> Result<(), Refusal> {
        match self.data.get(self.at) {
            Some(b'"') => self.text().map(|_| ()),
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'-' | b'0'..=b'9') => {
                let end = number_end(self.data, self.at)?;
                self.push(Kind::Number, end);
                Ok(())
            }
            Some(b't') => self.word(b"true", Kind::True),
            Some(b'f') => self.word(b"false", Kind::False),
            Some(b'n') => self.word(b"null", Kind::Null),
            Some(_) => Err(Refusal::Odd),
            None => Err(Refusal::Cut),
        }
    }

    fn object(&mut self, depth: usize) -> Result<(), Refusal> {
        let object = self.open(Kind::Object, depth)?;
        let first_key = self.tape.keys.len();
        let mut byte = self.next_token()?;
        if byte != b'}' {
            loop {
                if byte != b'"' {
                    return Err(Refusal::Odd);
                }
                let key = self.text()?;
                self.note_key(key, first_key)?;
                if self.next_token()? != b':' {
                    return Err(Refusal::Odd);
                }
                self.at += 1;
                self.next_token()?;
                self.value(depth + 1)?;
                self.tape.nodes[key].next = self.tape.nodes.len() as u32;
                match self.next_token()? {
                    b'}' => break,
                    b',' => self.at += 1,
                    _ => return Err(Refusal::Odd),
                }
                byte = self.next_token()?;
            }
        }
        self.forget_keys(first_key)?;
        self.close(object);
        Ok(())
    }

    fn array(&mut self, depth: usize) -> Result<(), Refusal> {
        let array = self.open(Kind::Array, depth)?;
        if self.next_token()? != b']' {
            loop {
                self.value(depth + 1)?;
                match self.next_token()? {
                    b']' => break,
                    b',' => self.at += 1,
                    _ => return Err(Refusal::Odd),
                }
                self.next_token()?;
            }
        }
        self.close(array);
        Ok(())
    }

    /// The text at the cursor; returns its place on the tape.
    fn text(&mut self) -> Result<usize, Refusal> {
        let (mut end, mut is_high) = plain_end(self.data, self.at + 1);
        let mut has_escapes = false;
        loop {
            match self.data.get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    has_escapes = true;
                    let behind = escape_end(self.data, end)?;
                    let high;
                    (end, high) = plain_end(self.data, behind);
                    is_high |= high;
                }
                Some(_) => return Err(Refusal::Odd),
                None => return Err(Refusal::Cut),
            }
        }
        if is_high && std::str::from_utf8(&self.data[self.at + 1..end]).is_err() {
            return Err(Refusal::Odd);
        }
        let place = self.tape.nodes.len();
        self.push(Kind::Text, end + 1);
        self.tape.nodes[place].has_escapes = has_escapes;
        Ok(place)
    }

    fn word(&mut self, word: &[u8], kind: Kind) -> Result<(), Refusal> {
        let rest = &self.data[self.at..];
        if rest.starts_with(word) {
            self.push(kind, self.at + word.len());
            Ok(())
        } else if word.starts_with(rest) {
            Err(Refusal::Cut)
        } else {
            Err(Refusal::Odd)
        }
    }

    /// Names the key, and refuses one that the object has already, or seems to have.
    fn note_key(&mut self, key: usize, first_key: usize) -> Result<(), Refusal> {
        let node = self.tape.nodes[key];
        let raw = &self.data[node.start as usize + 1..node.end as usize - 1];
        let (hash, name) = if node.has_escapes {
            let text = decoded(raw);
            let hash = hash_of(text.as_bytes());
            (hash, self.names.find(hash, text.as_bytes()))
        } else {
            let hash = hash_of(raw);
            (hash, self.names.find(hash, raw))
        };
        let before = &self.tape.keys[first_key..];
        if before.len() <= FEW_KEYS && before.contains(&hash) {
            return Err(Refusal::Odd);
        }
        self.tape.nodes[key].name = name;
        self.tape.keys.push(hash);
        Ok(())
    }

    /// Closes an object that has these keys; where they are many, none was compared yet.
    fn forget_keys(&mut self, first_key: usize) -> Result<(), Refusal> {
        let keys = &mut self.tape.keys[first_key..];
        if keys.len() > FEW_KEYS {
            keys.sort_unstable();
            if keys.windows(2).any(|pair| pair[0] == pair[1]) {
                return Err(Refusal::Odd);
            }
        }
        self.tape.keys.truncate(first_key);
        Ok(())
    }

    /// The next byte that is no blank, with the cursor moved to it.
    #[inline(always)]
    fn next_token(&mut self) -> Result<u8, Refusal> {
        loop {
            match self.data.get(self.at) {
                Some(&byte) if byte > b' ' => return Ok(byte),
                Some(b' ' | b'\t' | b'\r') => {}
                Some(b'\n') if self.over_lines => {
                    self.feeds += 1;
                    self.last_feed = self.at;
                }
                Some(_) => return Err(Refusal::Odd),
                None => return Err(Refusal::Cut),
            }
            self.at += 1;
        }
    }

    /// A value that ends at `end`, with the cursor moved there.
    #[inline(always)]
    fn push(&mut self, kind: Kind, end: usize) {
        let next = self.tape.nodes.len() as u32 + 1;
        let (start, end) = (self.at as u32, end as u32);
        self.tape.nodes.push(Node { start, end, next, kind, has_escapes: false, name: 0 });
        self.at = end as usize;
    }

    fn open(&mut self, kind: Kind, depth: usize) -> Result<usize, Refusal> {
        if depth >= DEEPEST {
            return Err(Refusal::Odd);
        }
        let place = self.tape.nodes.len();
        self.push(kind, self.at + 1);
        Ok(place)
    }

    fn close(&mut self, place: usize) {
        self.at += 1;
        let next = self.tape.nodes.len() as u32;
        let node = &mut self.tape.nodes[place];
        (node.end, node.next) = (self.at as u32, next);
    }
}
