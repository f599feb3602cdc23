//! Images in base64: their format and size by their first bytes (`batchlint/media/headers.py`).

use crate::limits::Limits;

/// Characters that are looked at from each end to see whether a text is base64.
const WINDOW: usize = 512;
/// Characters of base64 that hold the size of a PNG, GIF or WebP.
const HEAD: usize = 88;
/// Segments of a JPEG before its size.
const MOST_SEGMENTS: usize = 4096;

/// The media type of an image of usual size by its base64; none if it is anything else, or seems to be.
pub fn usual_media_type(data: &[u8], limits: &Limits) -> Option<&'static str> {
    if data.len() as f64 > limits.image_length || !is_base64(data) {
        return None;
    }
    let mut head = [0; HEAD / 4 * 3];
    let head = decode(data, 0, &mut head)?;
    let (media_type, width, height) = png(head).or_else(|| gif(head)).or_else(|| webp(head)).or_else(|| jpeg(data))?;
    let is_usual = |side: u32| side > 0 && f64::from(side) <= limits.image_side;
    (is_usual(width) && is_usual(height)).then_some(media_type)
}

/// Whether a text is base64 by its ends, with all the padding that it needs.
fn is_base64(data: &[u8]) -> bool {
    let padding = data.iter().rev().take(2).take_while(|&&byte| byte == b'=').count();
    let digits = &data[..data.len() - padding];
    let first = &digits[..digits.len().min(WINDOW)];
    let last = &digits[digits.len().saturating_sub(WINDOW)..];
    let are_digits = |part: &[u8]| part.iter().all(|&byte| digit(byte).is_some());
    !digits.is_empty() && data.len().is_multiple_of(4) && are_digits(first) && are_digits(last)
}

fn digit(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

/// The decoded bytes from `start` on, as many as there are and as fit; none where there is something else than base64.
/// `start` is a multiple of three.
fn decode<'a>(data: &[u8], start: usize, found: &'a mut [u8]) -> Option<&'a [u8]> {
    let text = data.get(start / 3 * 4..).unwrap_or_default();
    let mut length = 0;
    for (four, three) in text.chunks_exact(4).zip(found.chunks_exact_mut(3)) {
        let padding = four.iter().rev().take_while(|&&byte| byte == b'=').count();
        let mut number = 0;
        for &byte in &four[..4 - padding] {
            number = number << 6 | digit(byte)?;
        }
        number <<= 6 * padding;
        three.copy_from_slice(&number.to_be_bytes()[1..]);
        length += 3_usize.checked_sub(padding)?;
        if padding > 0 {
            break;
        }
    }
    found.get(..length)
}

type Header = (&'static str, u32, u32);

fn png(head: &[u8]) -> Option<Header> {
    let is_png = head.starts_with(b"\x89PNG\r\n\x1a\n") && head.get(12..16)? == b"IHDR";
    let side = |place: usize| head.get(place..place + 4)?.try_into().ok().map(u32::from_be_bytes);
    if is_png {
        Some(("image/png", side(16)?, side(20)?))
    } else {
        None
    }
}

fn gif(head: &[u8]) -> Option<Header> {
    let is_gif = head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a");
    if is_gif {
        Some(("image/gif", little(head, 6, 2)?, little(head, 8, 2)?))
    } else {
        None
    }
}

fn webp(head: &[u8]) -> Option<Header> {
    if !head.starts_with(b"RIFF") || head.get(8..12)? != b"WEBP" {
        return None;
    }
    let (width, height) = match head.get(12..16)? {
        b"VP8 " => (little(head, 26, 2)? & 0x3fff, little(head, 28, 2)? & 0x3fff),
        b"VP8L" => {
            let bits = little(head, 21, 4)?;
            ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1)
        }
        b"VP8X" => (little(head, 24, 3)? + 1, little(head, 27, 3)? + 1),
        _ => return None,
    };
    Some(("image/webp", width, height))
}

/// The number of so many bytes, the lowest first.
fn little(head: &[u8], place: usize, length: usize) -> Option<u32> {
    let bytes = head.get(place..place + length)?;
    Some(bytes.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte)))
}

/// The size of a JPEG, which stands behind segments of any length.
fn jpeg(data: &[u8]) -> Option<Header> {
    let mut buffer = [0; 15];
    if !decode(data, 0, &mut buffer)?.starts_with(b"\xff\xd8\xff") {
        return None;
    }
    let mut offset = 2;
    for _ in 0..MOST_SEGMENTS {
        let segment = decode(data, offset / 3 * 3, &mut buffer)?.get(offset % 3..)?;
        let &[0xff, marker, high, low, _, height_high, height_low, width_high, width_low, _, ..] = segment else {
            return None;
        };
        let pair = |high: u8, low: u8| u32::from(high) << 8 | u32::from(low);
        match marker {
            0xda | 0xd9 => return None,
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                return Some(("image/jpeg", pair(width_high, width_low), pair(height_high, height_low)));
            }
            0xff => offset += 1,
            0x01 | 0xd0..=0xd8 => offset += 2,
            _ => offset += 2 + pair(high, low) as usize,
        }
    }
    None
}
