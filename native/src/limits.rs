//! The numbers that a run holds requests against: facts of the API, and limits of one's own. The caller knows them.

use crate::compile::Trouble;
use crate::document::Document;
use crate::json::{Kind, Tape};
use crate::names::Names;
use crate::number::value_of;

macro_rules! limits {
    ($($(#[$about:meta])* $name:ident),* $(,)?) => {
        /// Limits, and the most that parts of a request may cost.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Limits {
            $($(#[$about])* pub $name: f64,)*
        }

        impl Limits {
            /// Reads them from a JSON object that has all of them and nothing else.
            pub fn parse(text: &[u8]) -> Result<Self, Trouble> {
                let mut found = numbers(text)?;
                let mut take = |name: &str| {
                    let place = found.iter().position(|each| each.0 == name);
                    place.map(|place| found.swap_remove(place).1).ok_or_else(|| format!("no limit {name}"))
                };
                let limits = Self { $($name: take(stringify!($name))?,)* };
                match found.first() {
                    Some((name, _)) => Err(format!("the limit {name}")),
                    None => Ok(limits),
                }
            }
        }
    };
}

limits! {
    /// Bytes of a request.
    bytes,
    /// Cache breakpoints of a request.
    breakpoints,
    /// Images of a request.
    images,
    /// Pixels of a side of an image.
    image_side,
    /// Characters of an image's base64.
    image_length,
    /// Optional properties in the schema of an answer.
    optional_properties,
    /// Tokens of a request: the rest is what may cost them.
    tokens,
    /// Of a request whatever it holds.
    tokens_once,
    /// Of a message.
    tokens_message,
    /// Of a tool.
    tokens_tool,
    /// Of a tool that Anthropic defines.
    tokens_defined_tool,
    /// Of a tool use, but for what is in it.
    tokens_use,
    /// Of a tool result.
    tokens_result,
    /// Of a block of thinking.
    tokens_thinking,
    /// Of an image.
    tokens_image,
    /// Of a document.
    tokens_document,
    /// Of a page of a document that is not in the request.
    tokens_page,
    /// Of a member of a tool's input.
    tokens_parameter,
    /// Of a byte.
    tokens_byte,
    /// Of a small letter or a space in a text of words.
    tokens_word,
    /// Of a letter that is Greek, Cyrillic, Hebrew or Arabic.
    tokens_alphabetic,
    /// Of one that is Han, kana or Hangul.
    tokens_east_asian,
}

fn numbers(text: &[u8]) -> Result<Vec<(String, f64)>, Trouble> {
    let mut data = text.to_vec();
    data.push(b'\n');
    let mut tape = Tape::default();
    tape.read(&data, &Names::default(), true).map_err(|_| "the limits are no JSON")?;
    let document = Document { data: &data, nodes: tape.nodes() };
    let number = |(key, value)| {
        let number = (document.kind(value) == Kind::Number).then(|| value_of(document.bytes(value))).flatten();
        number.map(|number| (document.text(key), number)).ok_or_else(|| "a limit that is no number".into())
    };
    document.members(0).map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_limits_are_asked_for_and_no_others() {
        assert_eq!(Limits::parse(b"{}"), Err("no limit bytes".into()));
        assert!(Limits::parse(b"[").is_err() && Limits::parse(b"{\"bytes\": null}").is_err());
    }
}
