//! A value that was read, to be walked through.

use crate::json::{Kind, Node};
use crate::names::Name;
use crate::text::{decoded, is_text, Characters};

/// The place of a value on the tape.
pub type Place = usize;

/// The data and the tape of one value.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    /// The bytes that it was read from.
    pub data: &'a [u8],
    /// What was read.
    pub nodes: &'a [Node],
}

impl<'a> Document<'a> {
    /// The value at a place.
    #[inline(always)]
    pub fn node(&self, place: Place) -> &'a Node {
        &self.nodes[place]
    }

    /// What the value is.
    #[inline(always)]
    pub fn kind(&self, place: Place) -> Kind {
        self.nodes[place].kind
    }

    /// The bytes of a value as they are written.
    pub fn bytes(&self, place: Place) -> &'a [u8] {
        let node = self.node(place);
        &self.data[node.start as usize..node.end as usize]
    }

    /// The bytes of a text between its quotes.
    #[inline]
    pub fn raw_text(&self, place: Place) -> &'a [u8] {
        let node = self.node(place);
        &self.data[node.start as usize + 1..node.end as usize - 1]
    }

    /// The characters of a text.
    pub fn characters(&self, place: Place) -> Characters<'a> {
        Characters::of(self.raw_text(place))
    }

    /// A text, decoded.
    pub fn text(&self, place: Place) -> String {
        decoded(self.raw_text(place))
    }

    /// Whether the value is this text.
    #[inline]
    pub fn is_text(&self, place: Place, text: &str) -> bool {
        let node = self.node(place);
        node.kind == Kind::Text && is_text(self.raw_text(place), node.has_escapes, text)
    }

    /// The items of a list, or the keys of an object; none of anything else.
    #[inline]
    pub fn children(&self, place: Place) -> Children<'a> {
        let node = self.node(place);
        let is_holder = matches!(node.kind, Kind::Object | Kind::Array);
        Children { nodes: self.nodes, at: place + 1, end: if is_holder { node.next as Place } else { 0 } }
    }

    /// The members of an object, each key with its value; none of anything else.
    #[inline]
    pub fn members(&self, place: Place) -> impl Iterator<Item = (Place, Place)> + 'a {
        let is_object = self.kind(place) == Kind::Object;
        self.children(place).filter(move |_| is_object).map(|key| (key, key + 1))
    }

    /// The members of an object that may be missing.
    pub fn members_of(&self, place: Option<Place>) -> impl Iterator<Item = (Place, Place)> + 'a {
        let document = *self;
        place.into_iter().flat_map(move |place| document.members(place))
    }

    /// The value of the member that has this name.
    #[inline]
    pub fn member(&self, place: Place, name: Name) -> Option<Place> {
        self.members(place).find(|&(key, _)| self.nodes[key].name == name).map(|(_, value)| value)
    }
}

/// Goes through what is in a list or an object.
pub struct Children<'a> {
    nodes: &'a [Node],
    at: Place,
    end: Place,
}

impl Iterator for Children<'_> {
    type Item = Place;

    #[inline(always)]
    fn next(&mut self) -> Option<Place> {
        if self.at >= self.end {
            return None;
        }
        let place = self.at;
        self.at = self.nodes[place].next as Place;
        Some(place)
    }
}
