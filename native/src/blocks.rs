//! Sixteen bytes at a time: where the plain part of a JSON string ends.
//!
//! On x86-64 SSE2 is always there; elsewhere the compiler does what it can.

/// How many bytes are looked at in one step.
pub const BLOCK: usize = 16;

/// Of sixteen bytes of a string, one bit each, the first byte lowest.
pub struct Marks {
    /// Quotes, backslashes and control characters: what no plain text holds.
    pub ends: u32,
    /// Bytes above 127.
    pub high: u32,
}

/// Looks at sixteen bytes of a string.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
#[allow(unsafe_code)]
pub fn marks(block: &[u8; BLOCK]) -> Marks {
    // SAFETY: every x86-64 processor has SSE2, which is all that this asks for; it takes and gives values only.
    unsafe { marks_by_sse2(u128::from_le_bytes(*block)) }
}

#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "sse2")]
fn marks_by_sse2(block: u128) -> Marks {
    use std::arch::x86_64::{
        _mm_cmpeq_epi8, _mm_min_epu8, _mm_movemask_epi8, _mm_or_si128, _mm_set1_epi8, _mm_set_epi64x,
    };
    let bytes = _mm_set_epi64x((block >> 64) as i64, block as i64);
    let quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'"' as i8));
    let escapes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'\\' as i8));
    let controls = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
    let ends = _mm_or_si128(_mm_or_si128(quotes, escapes), controls);
    Marks { ends: _mm_movemask_epi8(ends) as u32, high: _mm_movemask_epi8(bytes) as u32 }
}

/// Looks at sixteen bytes of a string.
#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
pub fn marks(block: &[u8; BLOCK]) -> Marks {
    marks_one_by_one(block)
}

/// What `marks` does, byte by byte.
#[cfg(any(test, not(target_arch = "x86_64")))]
fn marks_one_by_one(block: &[u8; BLOCK]) -> Marks {
    let mut found = Marks { ends: 0, high: 0 };
    let is_plain = block.iter().fold(true, |plain, &byte| plain & (byte != b'"') & (byte != b'\\') & (byte >= 0x20));
    if is_plain && block.is_ascii() {
        return found;
    }
    for (place, &byte) in block.iter().enumerate() {
        found.ends |= u32::from(ends_plain_text(byte)) << place;
        found.high |= u32::from(byte > 127) << place;
    }
    found
}

#[inline(always)]
fn ends_plain_text(byte: u8) -> bool {
    byte == b'"' || byte == b'\\' || byte < 0x20
}

/// Where the first quote, backslash or control character from `at` on is (the end of `data` if there is none), and
/// whether a byte above 127 stands before it.
#[inline(always)]
pub fn plain_end(data: &[u8], mut at: usize) -> (usize, bool) {
    let mut high = 0;
    while let Some(block) = data.get(at..).and_then(|rest| rest.first_chunk::<BLOCK>()) {
        let found = marks(block);
        if found.ends != 0 {
            let place = found.ends.trailing_zeros();
            high |= found.high & ((1 << place) - 1);
            return (at + place as usize, high != 0);
        }
        high |= found.high;
        at += BLOCK;
    }
    let mut is_high = high != 0;
    while let Some(&byte) = data.get(at) {
        if ends_plain_text(byte) {
            break;
        }
        is_high |= byte > 127;
        at += 1;
    }
    (at, is_high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_looking_see_the_same() {
        for byte in 0..=255u8 {
            for place in 0..BLOCK {
                let mut block = [b'a'; BLOCK];
                block[place] = byte;
                let (quick, slow) = (marks(&block), marks_one_by_one(&block));
                assert_eq!((quick.ends, quick.high), (slow.ends, slow.high), "{byte} at {place}");
            }
        }
    }

    #[test]
    fn the_plain_part_ends_where_it_does_byte_by_byte() {
        for length in 0..50 {
            for place in 0..=length {
                for byte in [b'"', b'\\', 0x1f, b' ', 0x7f, 0xc3] {
                    let mut data = vec![b'a'; length];
                    data.insert(place, byte);
                    for from in 0..=data.len() {
                        let end = data[from..].iter().position(|&each| ends_plain_text(each));
                        let end = end.map_or(data.len(), |found| from + found);
                        let high = data[from..end].iter().any(|&each| each > 127);
                        assert_eq!(plain_end(&data, from), (end, high));
                    }
                }
            }
        }
    }
}
