//! The characters of a JSON string, its escapes resolved.

use crate::json::Refusal;

/// Where the escape ends that begins at `at`. Refuses what is none, and half of a pair.
pub fn escape_end(data: &[u8], at: usize) -> Result<usize, Refusal> {
    match data.get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
        Some(b'u') => match unit(data, at)? {
            0xd800..=0xdbff => match unit(data, at + 6)? {
                0xdc00..=0xdfff => Ok(at + 12),
                _ => Err(Refusal::Odd),
            },
            0xdc00..=0xdfff => Err(Refusal::Odd),
            _ => Ok(at + 6),
        },
        Some(_) => Err(Refusal::Odd),
        None => Err(Refusal::Cut),
    }
}

/// The number in an escape like `\u00e9` that is to begin at `at`.
fn unit(data: &[u8], at: usize) -> Result<u32, Refusal> {
    let escape = data.get(at..at + 6).ok_or(Refusal::Cut)?;
    if !escape.starts_with(b"\\u") {
        return Err(Refusal::Odd);
    }
    escape[2..].iter().try_fold(0, |number, &byte| {
        let digit = char::from(byte).to_digit(16).ok_or(Refusal::Odd)?;
        Ok(number << 4 | digit)
    })
}

/// The characters of a string by its bytes between the quotes, which are known to be JSON.
pub struct Characters<'a> {
    raw: &'a [u8],
    at: usize,
}

impl<'a> Characters<'a> {
    /// The characters of these bytes.
    pub fn of(raw: &'a [u8]) -> Self {
        Self { raw, at: 0 }
    }

    fn escaped(&mut self) -> u32 {
        let (length, character) = match self.raw.get(self.at + 1).copied() {
            Some(b'b') => (2, 8),
            Some(b'f') => (2, 12),
            Some(b'n') => (2, 10),
            Some(b'r') => (2, 13),
            Some(b't') => (2, 9),
            Some(b'u') => match unit(self.raw, self.at).unwrap_or(0) {
                high @ 0xd800..=0xdbff => {
                    let low = unit(self.raw, self.at + 6).unwrap_or(0);
                    (12, 0x10000 + ((high & 0x3ff) << 10 | low & 0x3ff))
                }
                character => (6, character),
            },
            Some(other) => (2, u32::from(other)),
            None => (1, 0),
        };
        self.at += length;
        character
    }

    fn unescaped(&mut self, first: u8) -> u32 {
        let (length, bits) = match first {
            0xf0.. => (4, 0x07),
            0xe0.. => (3, 0x0f),
            _ => (2, 0x1f),
        };
        let rest = self.raw.get(self.at + 1..self.at + length).unwrap_or_default();
        self.at += length;
        rest.iter().fold(u32::from(first) & bits, |character, &byte| character << 6 | u32::from(byte) & 0x3f)
    }
}

impl Iterator for Characters<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        match *self.raw.get(self.at)? {
            b'\\' => Some(self.escaped()),
            byte @ 0..=127 => {
                self.at += 1;
                Some(u32::from(byte))
            }
            byte => Some(self.unescaped(byte)),
        }
    }
}

/// The text of a string by its bytes between the quotes, which are known to be JSON.
pub fn decoded(raw: &[u8]) -> String {
    Characters::of(raw).filter_map(char::from_u32).collect()
}

/// Whether the string of these bytes, which are known to be JSON, is this text.
#[inline]
pub fn is_text(raw: &[u8], has_escapes: bool, text: &str) -> bool {
    if has_escapes {
        Characters::of(raw).eq(text.chars().map(u32::from))
    } else {
        raw == text.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved() {
        assert_eq!(decoded(br#"a\n\t\b\f\r\"\\\/\u00e9\ud83d\ude00"#), "a\n\t\u{8}\u{c}\r\"\\/é😀");
        assert_eq!(decoded("aé漢😀".as_bytes()), "aé漢😀");
        assert!(is_text(br"\u0061b", true, "ab") && !is_text(br"\u0061b", true, "abc"));
    }

    #[test]
    fn halves_of_pairs_and_other_escapes_are_refused() {
        for text in [r"\ud83d ......", r"\ude00", r"\ud83d\ud83d", r"\ud83d\n....", r"\x", r"\u12g4", r"\u+123"] {
            assert_eq!(escape_end(text.as_bytes(), 0), Err(Refusal::Odd), "{text}");
        }
        for text in [r"\", r"\u12", r"\ud83d", r"\ud83d\u"] {
            assert_eq!(escape_end(text.as_bytes(), 0), Err(Refusal::Cut), "{text}");
        }
    }
}
