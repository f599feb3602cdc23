//! Which requests are passed over, and what is said of them.

use batchlint_scanner::scanner::{Begin, Scanner, Separator, Why};

const SCHEMA: &str = r##"{
    "type": "object", "required": ["custom_id", "params"], "additionalProperties": false,
    "properties": {
        "custom_id": {"type": "string", "pattern": "^[a-z0-9]{1,64}$"},
        "params": {
            "type": "object", "additionalProperties": false, "required": ["model"],
            "properties": {
                "model": {"type": "string", "x-counts": "bytes"},
                "max_tokens": {"type": "integer", "minimum": 1, "x-counts": "number"},
                "text": {"anyOf": [{"enum": ["a", null]}, {"type": "string", "x-flag": "other"}]},
                "more": true
            }
        }
    }
}"##;
const LIMITS: &str = r#"{
    "bytes": 1000, "breakpoints": 4, "images": 20, "image_side": 8000, "image_length": 900, "optional_properties": 24,
    "tokens": 900, "tokens_once": 1, "tokens_message": 1, "tokens_tool": 1, "tokens_defined_tool": 1,
    "tokens_use": 1, "tokens_result": 1, "tokens_thinking": 1, "tokens_image": 1, "tokens_document": 1, "tokens_page": 1,
    "tokens_parameter": 1, "tokens_byte": 1, "tokens_word": 1, "tokens_alphabetic": 1, "tokens_east_asian": 1
}"#;
const START: Begin = Begin { offset: 0, line: 1, line_offset: 0 };

fn scanner() -> Scanner {
    Scanner::new(SCHEMA.as_bytes(), LIMITS.as_bytes()).unwrap()
}

fn scan(scanner: &mut Scanner, data: &str, separator: Separator) -> (usize, Why) {
    scanner.scan(data.as_bytes(), separator, usize::MAX, START)
}

/// A request with these members of params.
fn request(id: usize, params: &str) -> String {
    format!("{{\"custom_id\": \"r{id}\", \"params\": {{{params}}}}}")
}

/// Whether a request with these params is passed over, after one of the others was learnt.
fn is_known(scanner: &mut Scanner, params: &str) -> bool {
    match scan(scanner, &request(1, params), Separator::LineFeed).1 {
        Why::End => true,
        Why::New => false,
        why => panic!("{params}: {why:?}"),
    }
}

fn learn(scanner: &mut Scanner, params: &str) {
    assert!(!is_known(scanner, params), "{params}");
    scanner.learn(0);
}

#[test]
fn a_request_is_passed_over_once_its_key_was_learnt() {
    let mut scanner = scanner();
    learn(&mut scanner, r#""model": "m", "more": 1"#);
    assert!(is_known(&mut scanner, r#""more": [2, {}], "model": "m""#));
    assert!(!is_known(&mut scanner, r#""model": "n", "more": 1"#));
    assert!(!is_known(&mut scanner, r#""model": "\u006d", "more": 1"#), "bytes count as they are written");
    assert!(!is_known(&mut scanner, r#""model": "m""#), "names of members count");
    assert!(!is_known(&mut scanner, r#""model": "m", "more": 1, "max_tokens": 1"#));
}

#[test]
fn numbers_are_known_between_those_that_were_learnt() {
    let mut scanner = scanner();
    let with = |number: &str| format!("\"model\": \"m\", \"max_tokens\": {number}");
    learn(&mut scanner, &with("10"));
    assert!(is_known(&mut scanner, &with("10")));
    assert!(!is_known(&mut scanner, &with("12")));
    learn(&mut scanner, &with("20"));
    assert!(is_known(&mut scanner, &with("12")));
    assert!(!is_known(&mut scanner, &with("9")) && !is_known(&mut scanner, &with("21")));
    for odd in ["10.0", "1e1", "0", "-1", "1234567890123456", "true", "\"10\"", "null"] {
        let (consumed, why) = scan(&mut scanner, &request(1, &with(odd)), Separator::LineFeed);
        assert_eq!((consumed, why), (0, Why::Other), "{odd}");
    }
}

#[test]
fn flags_count_once_and_not_in_branches_that_were_left() {
    let mut scanner = scanner();
    learn(&mut scanner, r#""model": "m", "text": "a""#);
    assert!(is_known(&mut scanner, r#""model": "m", "text": null"#));
    learn(&mut scanner, r#""model": "m", "text": "b""#);
    assert!(is_known(&mut scanner, r#""model": "m", "text": "c""#));
}

#[test]
fn only_the_candidate_of_the_last_scan_is_learnt() {
    let mut scanner = scanner();
    scanner.learn(0);
    assert!(!is_known(&mut scanner, r#""model": "m""#));
    scan(&mut scanner, "[]", Separator::LineFeed);
    scanner.learn(0);
    assert!(!is_known(&mut scanner, r#""model": "m""#));
}

#[test]
fn a_scan_ends_at_a_request_in_which_something_is_found_and_says_what() {
    let mut scanner = scanner();
    let with = |number: usize| request(1, &format!("\"model\": \"m\", \"max_tokens\": {number}"));
    for number in [10, 20] {
        assert_eq!(scan(&mut scanner, &with(number), Separator::LineFeed), (0, Why::New));
        scanner.learn(7);
    }
    assert_eq!(scan(&mut scanner, &with(15), Separator::LineFeed), (0, Why::Known));
    assert_eq!((scanner.tag(), scanner.candidate()), (7, Some((0, with(15).len()))));
    assert_eq!(scan(&mut scanner, &with(21), Separator::LineFeed), (0, Why::New));
    scanner.learn(0);
    let again = scan(&mut scanner, &with(21), Separator::LineFeed);
    assert_eq!(again, (0, Why::New), "of one key, what was found first is known");
}

#[test]
fn lines_are_told_apart() {
    let mut scanner = scanner();
    learn(&mut scanner, r#""model": "m""#);
    let one = request(1, r#""model": "m""#);
    let data = format!("{one}\n  {one} \r\n{one}");
    let begin = Begin { offset: 100, line: 7, line_offset: 100 };
    let (consumed, why) = scanner.scan(data.as_bytes(), Separator::LineFeed, usize::MAX, begin);
    assert_eq!((consumed, why), (data.len() + 1, Why::End));
    let length = one.len() as i64;
    let columns = scanner.columns();
    assert_eq!(columns.offsets, [100, 103 + length, 106 + 2 * length]);
    assert_eq!(columns.lengths, [length; 3]);
    assert_eq!(columns.lines, [7, 8, 9]);
    assert_eq!(columns.line_offsets, [100, 101 + length, 106 + 2 * length]);
    assert_eq!(columns.ids, b"r1\nr1\nr1");
}

#[test]
fn lines_that_hold_more_or_less_than_a_request_are_left() {
    let one = request(1, r#""model": "m""#);
    let over_lines = one.replace(' ', "\n");
    for (line, why) in [
        (format!("{one},"), Why::Other),
        (format!("{one}{one}"), Why::Other),
        (format!("\u{feff}{one}"), Why::Other),
        (String::new(), Why::Other),
        ("  ".to_owned(), Why::Cut),
        (over_lines, Why::Other),
        (format!("[{one}]"), Why::Other),
        (one[..30].to_owned(), Why::Other),
    ] {
        let mut scanner = scanner();
        learn(&mut scanner, r#""model": "m""#);
        let is_last = why == Why::Cut;
        let data = if is_last { format!("{one}\n{line}") } else { format!("{one}\n{line}\n{one}") };
        assert_eq!(scan(&mut scanner, &data, Separator::LineFeed), (one.len() + 1, why), "{line}");
    }
}

#[test]
fn items_of_a_list_are_told_apart_by_commas() {
    let mut scanner = scanner();
    learn(&mut scanner, r#""model": "m""#);
    let one = request(1, r#""model": "m""#);
    let pretty = one.replace(' ', "\n ");
    let data = format!("{one},\n{pretty} \n\n, {one},{one}]");
    let begin = Begin { offset: 50, line: 3, line_offset: 40 };
    let (consumed, why) = scanner.scan(data.as_bytes(), Separator::Comma, usize::MAX, begin);
    assert_eq!(why, Why::Other);
    assert_eq!(&data[consumed..], format!("{one}]"));
    let columns = scanner.columns();
    let feed = |count: usize| 51 + data.match_indices('\n').nth(count).unwrap().0 as i64;
    assert_eq!(columns.lines, [3, 4, 10]);
    assert_eq!(columns.line_offsets, [40, feed(0), feed(6)]);
    let begins = [0, one.len() + 2, one.len() + pretty.len() + 7].map(|place| 50 + place as i64);
    assert_eq!(columns.offsets, begins);
    assert_eq!(columns.lengths, [one.len() as i64, pretty.len() as i64, one.len() as i64]);
    for end in 1..consumed {
        let (shorter, why) = scan(&mut scanner, &data[..end], Separator::Comma);
        assert!(why == Why::Cut || shorter == end && why == Why::End, "{}", &data[..end]);
    }
}

#[test]
fn a_scan_ends_at_the_limit_and_long_requests_are_left() {
    let mut scanner = scanner();
    learn(&mut scanner, r#""model": "m", "more": 1"#);
    let one = request(1, r#""model": "m", "more": 2"#);
    let data = format!("{one}\n{one}\n{one}\n");
    assert_eq!(scanner.scan(data.as_bytes(), Separator::LineFeed, 2, START), (2 * one.len() + 2, Why::Limit));
    for length in [800, 1000] {
        let long = request(1, &format!("\"model\": \"m\", \"more\": \"{}\"", "x".repeat(length)));
        let why = if length == 800 { Why::End } else { Why::Other };
        assert_eq!(scan(&mut scanner, &long, Separator::LineFeed).1, why);
    }
}

#[test]
fn schemas_that_are_not_understood_are_refused() {
    for schema in [
        "",
        "[]",
        "{",
        r#"{"patternProperties": {}}"#,
        r#"{"type": "text"}"#,
        r#"{"const": 1}"#,
        r##"{"$ref": "#/$defs/A"}"##,
        r#"{"pattern": "a+"}"#,
        r#"{"properties": {"a": {"oneOf": []}}}"#,
        r#"{"x-counts": "length"}"#,
        r#"{"x-checks": ["unheard-of"]}"#,
        r#"{"items": {"x-checks": []}}"#,
        r#"{"minLength": -1}"#,
        r#"{"const": "a", "enum": ["b"]}"#,
    ] {
        assert!(Scanner::new(schema.as_bytes(), LIMITS.as_bytes()).is_err(), "{schema}");
    }
}

#[test]
fn a_schema_that_refers_to_itself_ends() {
    let schema = r##"{"$defs": {"A": {"$ref": "#/$defs/A"}}, "properties": {"params": {"$ref": "#/$defs/A"}}}"##;
    let mut scanner = Scanner::new(schema.as_bytes(), LIMITS.as_bytes()).unwrap();
    assert_eq!(scan(&mut scanner, &request(1, ""), Separator::LineFeed).1, Why::Other);
}
