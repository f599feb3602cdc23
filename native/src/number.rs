//! Numbers as JSON writes them.

use crate::json::Refusal;

/// Bytes of a number that is surely finite, together with the largest exponent.
const LONGEST: usize = 100;
const LARGEST_EXPONENT: u32 = 200;
/// Digits of a whole number that every reader of JSON takes for the same.
const EXACT_DIGITS: usize = 15;

/// More than the part of a number by which it is rounded.
const ROUNDED: f64 = 1e-9;

/// Where the number ends that begins at `at`. Refuses what is no number, and what may be infinite to some reader.
pub fn number_end(data: &[u8], at: usize) -> Result<usize, Refusal> {
    let mut end = at + usize::from(data.get(at) == Some(&b'-'));
    match data.get(end) {
        Some(b'0') => end += 1,
        Some(b'1'..=b'9') => end = digits_end(data, end),
        Some(_) => return Err(Refusal::Odd),
        None => return Err(Refusal::Cut),
    }
    if data.get(end) == Some(&b'.') {
        end = some_digits(data, end + 1)?;
    }
    if matches!(data.get(end), Some(b'e' | b'E')) {
        end += 1;
        end += usize::from(matches!(data.get(end), Some(b'+' | b'-')));
        let digits = end;
        end = some_digits(data, digits)?;
        if !matches!(parsed::<u32>(&data[digits..end]), Some(exponent) if exponent <= LARGEST_EXPONENT) {
            return Err(Refusal::Odd);
        }
    }
    // Where the data end, the number may go on.
    match data.get(end) {
        None => Err(Refusal::Cut),
        Some(_) if end - at > LONGEST => Err(Refusal::Odd),
        Some(_) => Ok(end),
    }
}

fn some_digits(data: &[u8], at: usize) -> Result<usize, Refusal> {
    match digits_end(data, at) {
        end if end > at => Ok(end),
        end if end == data.len() => Err(Refusal::Cut),
        _ => Err(Refusal::Odd),
    }
}

fn digits_end(data: &[u8], at: usize) -> usize {
    data[at..].iter().position(|byte| !byte.is_ascii_digit()).map_or(data.len(), |count| at + count)
}

/// Whether a number is whole by the way it is written, and so small that nobody rounds it.
pub fn is_exact_integer(number: &[u8]) -> bool {
    let digits = number.strip_prefix(b"-").unwrap_or(number);
    digits.len() <= EXACT_DIGITS && digits.iter().all(u8::is_ascii_digit)
}

/// The value that Python takes a number for; none of a whole number that is not exact.
pub fn value_of(number: &[u8]) -> Option<f64> {
    if is_exact_integer(number) {
        return parsed::<i64>(number).map(|value| value as f64);
    }
    if !number.iter().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
        return None;
    }
    parsed::<f64>(number).filter(|value| value.is_finite())
}

/// Whether a number that readers may round lies between two, and not near them.
pub fn is_well_between(number: &[u8], least: f64, most: f64) -> bool {
    let is_between = |value: f64| least + value.abs() * ROUNDED < value && value < most - value.abs() * ROUNDED;
    parsed::<f64>(number).is_some_and(is_between)
}

fn parsed<T: std::str::FromStr>(digits: &[u8]) -> Option<T> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_rounded_is_between_where_it_is_not_near() {
        assert!(
            is_well_between(b"9007199254740993", -1e200, 1e200) && is_well_between(b"-9007199254740993", -1e200, 0.0)
        );
        assert!(!is_well_between(b"9007199254740993", 0.0, 9007199254740992.0));
        assert!(!is_well_between(b"9007199254740993", 9007199254740993.0, 1e200) && !is_well_between(b"", 0.0, 1.0));
    }

    #[test]
    fn numbers_end_where_they_do() {
        for (text, end) in [("0,", 1), ("-0]", 2), ("12.50e-7 ", 8), ("1E+9}", 4), ("01,", 1), ("7 ", 1)] {
            assert_eq!(number_end(text.as_bytes(), 0), Ok(end), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["-,", "+1,", ".5,", "1.,", "1.e3,", "1e,", "1e+,", "-a", "1e201,", "1e4294967297,", "NaN,"] {
            assert_eq!(number_end(text.as_bytes(), 0), Err(Refusal::Odd), "{text}");
        }
        assert_eq!(number_end(format!("{},", "9".repeat(101)).as_bytes(), 0), Err(Refusal::Odd));
    }

    #[test]
    fn a_number_that_the_data_end_in_is_cut() {
        for text in ["1", "-", "1.", "1e", "1e-", "12.5"] {
            assert_eq!(number_end(text.as_bytes(), 0), Err(Refusal::Cut), "{text}");
        }
    }

    #[test]
    fn values_are_those_of_python() {
        assert_eq!(value_of(b"-12"), Some(-12.0));
        assert_eq!(value_of(b"0.30000000000000004"), Some(0.30000000000000004));
        assert_eq!(value_of(b"1e2"), Some(100.0));
        assert_eq!(value_of(b"999999999999999"), Some(999999999999999.0));
        assert_eq!(value_of(b"1234567890123456"), None);
        assert!(!is_exact_integer(b"1.0") && !is_exact_integer(b"1e2") && is_exact_integer(b"-1"));
    }
}
