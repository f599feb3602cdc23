//! What of a request counts, in one row of bytes, and the numbers that are ordered.

use crate::names::Name;

/// The key of one request; it is used again for the next one.
#[derive(Default)]
pub struct Key {
    bytes: Vec<u8>,
    numbers: Vec<f64>,
    flags: u128,
    names: Vec<Name>,
}

/// How far a key had come.
#[derive(Clone, Copy)]
pub struct Mark {
    bytes: usize,
    numbers: usize,
    flags: u128,
}

/// Numbers of places in the schema are above 0; these parts stand before or behind all that are collected there.
const NUMBER: u8 = 1;
const BYTES: u8 = 2;
const CHECK: u8 = 3;
const END: u8 = 4;
const KINDS: u8 = 5;

impl Key {
    /// Begins anew.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.numbers.clear();
        self.flags = 0;
        self.names.clear();
    }

    /// How far it has come.
    pub fn mark(&self) -> Mark {
        Mark { bytes: self.bytes.len(), numbers: self.numbers.len(), flags: self.flags }
    }

    /// Takes back what was added since.
    pub fn reset(&mut self, mark: Mark) {
        self.bytes.truncate(mark.bytes);
        self.numbers.truncate(mark.numbers);
        self.flags = mark.flags;
    }

    /// A name joins the key; it counts once.
    pub fn add_flag(&mut self, flag: u8) {
        self.flags |= 1 << flag;
    }

    /// The bytes of a value at a place in the schema join the key.
    pub fn add_bytes(&mut self, place: u16, bytes: &[u8]) {
        self.bytes.push(BYTES);
        self.bytes.extend_from_slice(&place.to_le_bytes());
        self.bytes.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.bytes.extend_from_slice(bytes);
    }

    /// A number at a place in the schema joins the key by that place only.
    pub fn add_number(&mut self, place: u16, value: f64) {
        self.bytes.push(NUMBER);
        self.bytes.extend_from_slice(&place.to_le_bytes());
        self.numbers.push(value);
    }

    /// The name of a member of the params joins the key, in whatever order they stand.
    pub fn add_name(&mut self, name: Name) {
        self.names.push(name);
    }

    /// The kinds of blocks that there are join the key.
    pub fn add_kinds(&mut self, kinds: u32) {
        self.bytes.push(KINDS);
        self.bytes.extend_from_slice(&kinds.to_le_bytes());
    }

    /// The answer of a check joins the key.
    pub fn add_text(&mut self, text: &str) {
        self.bytes.push(CHECK);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Nothing is added any more.
    pub fn finish(&mut self) {
        self.bytes.push(END);
        self.names.sort_unstable();
        self.names.iter().for_each(|name| self.bytes.extend_from_slice(&name.to_le_bytes()));
        self.bytes.extend_from_slice(&self.flags.to_le_bytes());
    }

    /// The key, once it is finished.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The numbers that are ordered: as many for equal keys.
    pub fn numbers(&self) -> &[f64] {
        &self.numbers
    }
}
