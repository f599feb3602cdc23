//! How many tokens texts have at most, from what characters they are made of (`batchlint/tokens/most.py`).

use crate::blocks::plain_end;
use crate::limits::Limits;
use crate::text::{escape_end, Characters};

/// Every so many bytes one is looked at for spaces.
const STEP: usize = 31;
/// Bytes of a word with the space after it, on the average of texts, above which these are base64 or the like.
const LENGTH_OF_WORDS: usize = 12;

/// What texts, one behind the other, are made of.
#[derive(Debug, Default, PartialEq)]
pub struct Texts {
    /// Bytes in UTF-8.
    pub bytes: usize,
    /// Small letters and spaces.
    plain: usize,
    /// Spaces among the bytes that are looked at.
    spaces: usize,
    /// First bytes of Greek, Cyrillic, Hebrew and Arabic.
    alphabetic: usize,
    /// First bytes of Han, kana and Hangul.
    east_asian: usize,
}

impl Texts {
    /// Adds a text by its bytes between the quotes.
    pub fn add(&mut self, raw: &[u8], has_escapes: bool) {
        if !has_escapes {
            self.add_utf8(raw);
            return;
        }
        let mut at = 0;
        while at < raw.len() {
            let (end, _) = plain_end(raw, at);
            self.add_utf8(&raw[at..end]);
            if end == raw.len() {
                break;
            }
            at = escape_end(raw, end).unwrap_or(raw.len());
            for character in Characters::of(&raw[end..at]).filter_map(char::from_u32) {
                self.add_utf8(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
    }

    fn add_utf8(&mut self, text: &[u8]) {
        let first = (STEP - self.bytes % STEP) % STEP;
        self.spaces += text.iter().skip(first).step_by(STEP).filter(|&&byte| byte == b' ').count();
        self.bytes += text.len();
        let plain = count(text, |byte| byte.is_ascii_lowercase() | (byte == b' '));
        self.plain += plain;
        if plain < text.len() && !text.is_ascii() {
            self.alphabetic += count(text, |byte| matches!(byte, 0xce..=0xd1 | 0xd6..=0xdb));
            self.east_asian += count(text, |byte| matches!(byte, 0xe3..=0xe9 | 0xeb..=0xed));
        }
    }

    /// The most tokens that they have, unless their words are made of random letters.
    pub fn most_tokens(&self, limits: &Limits) -> f64 {
        let are_words = self.spaces * STEP * LENGTH_OF_WORDS > self.bytes;
        let plain = if are_words { limits.tokens_word } else { limits.tokens_byte };
        let rest = self.bytes - self.plain;
        let saved_alphabetic = 2.0 * limits.tokens_byte - limits.tokens_alphabetic;
        let saved_east_asian = 3.0 * limits.tokens_byte - limits.tokens_east_asian;
        plain * self.plain as f64 + limits.tokens_byte * rest as f64
            - saved_alphabetic * self.alphabetic as f64
            - saved_east_asian * self.east_asian as f64
    }
}

/// How many bytes are of a kind; counted in a byte for so many at a time, which is fast.
#[inline(always)]
fn count(text: &[u8], is_counted: impl Fn(u8) -> bool) -> usize {
    let few = |part: &[u8]| part.iter().fold(0u8, |count, &byte| count + u8::from(is_counted(byte)));
    text.chunks(255).map(|part| usize::from(few(part))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_counted_as_one() {
        let mut one = Texts::default();
        one.add("The wörd漢字 and Привет, again and again and again.".repeat(9).as_bytes(), false);
        let mut parts = Texts::default();
        for _ in 0..9 {
            parts.add(r"The w\u00f6rd漢\u5b57 and Привет".as_bytes(), true);
            parts.add(b", again and again and ag", false);
            parts.add(b"ain.", false);
        }
        assert_eq!(one, parts);
        assert_eq!((one.alphabetic, one.east_asian), (54, 18));
    }
}
