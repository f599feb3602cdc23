//! Which bytes are read as JSON, and what the tape says of them.

use batchlint_scanner::document::Document;
use batchlint_scanner::json::{Kind, Refusal, Tape, DEEPEST};
use batchlint_scanner::names::Names;

fn read(text: &str) -> Result<usize, Refusal> {
    read_bytes(text.as_bytes())
}

fn read_bytes(data: &[u8]) -> Result<usize, Refusal> {
    Tape::default().read(data, &Names::default(), true).map(|extent| extent.end)
}

#[test]
fn json_is_read_to_its_end() {
    for text in [
        "{}",
        "[]",
        r#"{"a": [1, -2.5e-3, true, false, null, "x\n\u00e9\ud83d\ude00é😀"], "b": {"a": {}}}"#,
        "[\r\n\t1 , [ ] , { } ]",
        r#""text""#,
    ] {
        assert_eq!(read(text), Ok(text.len()), "{text}");
        assert_eq!(read(&format!("{text}, more")), Ok(text.len()), "{text}");
    }
}

#[test]
fn what_is_no_json_is_refused() {
    for text in [
        "{,}",
        r#"{"a"}"#,
        r#"{"a":}"#,
        r#"{"a":1,}"#,
        r#"{a:1}"#,
        r#"{"a":1 "b":2}"#,
        r#"{"a",1}"#,
        "[1,]",
        "[,1]",
        "[1 2]",
        "[01]",
        "[+1]",
        "[NaN]",
        "[Infinity]",
        "[-Infinity]",
        "[tru ]",
        "[nul]",
        "['a']",
        "[1}",
        "{]",
        "[\"a\nb\"]",
        "[\"\t\"]",
        r#"["\x"]"#,
        r#"["\ud800 alone"]"#,
        r#"["\udc00\ud800"]"#,
        "\u{feff}{}",
        "[1e999]",
        "[\u{a0}1]",
    ] {
        assert_eq!(read(text), Err(Refusal::Odd), "{text}");
    }
}

#[test]
fn a_value_on_one_line_has_no_line_feeds() {
    for text in ["[\n]", "{\"a\":\n1}", "[1,\n2]"] {
        let read = |over_lines| Tape::default().read(text.as_bytes(), &Names::default(), over_lines);
        assert!(read(true).is_ok());
        assert_eq!(read(false), Err(Refusal::Odd), "{text}");
    }
}

#[test]
fn what_is_no_utf8_is_refused() {
    for bytes in
        [&b"[\"\xff\"]"[..], b"[\"\xc3\"]", b"[\"\xed\xa0\x80\"]", b"[\"\xc0\x80\"]", b"[\"\xf5\x80\x80\x80\"]"]
    {
        assert_eq!(read_bytes(bytes), Err(Refusal::Odd), "{bytes:?}");
    }
    // Behind a stretch that is longer than a block, too.
    assert_eq!(read_bytes(b"[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xc3(\"]"), Err(Refusal::Odd));
}

#[test]
fn a_value_that_is_cut_is_cut_wherever_it_is() {
    let text = r#"{"a": [1, -2.5e-3, true, false, null, "x\n\u00e9\ud83d\ude00é"], "b": {"a": {}}}"#;
    for end in 0..text.len() {
        assert_eq!(
            read_bytes(&text.as_bytes()[..end]),
            Err(Refusal::Cut),
            "{}",
            &text[..text.floor_char_boundary(end)]
        );
    }
}

#[test]
fn repeated_keys_are_refused_however_they_are_written() {
    assert_eq!(read(r#"{"a":1,"b":{"a":2},"a":3}"#), Err(Refusal::Odd));
    assert_eq!(read(r#"{"é":1,"\u00e9":2}"#), Err(Refusal::Odd));
    assert_eq!(read(r#"{"\u0061":1,"a":2}"#), Err(Refusal::Odd));
    assert!(read(r#"{"a":{"a":{"a":1},"b":2},"b":[{"a":1},{"a":2}]}"#).is_ok());
    for count in [2, 23, 24, 25, 26, 27, 300] {
        let members: Vec<String> = (0..count).map(|number| format!("\"key {number}\":{{\"key 0\":1}}")).collect();
        assert!(read(&format!("{{{}}}", members.join(","))).is_ok());
        for repeated in [0, count / 2, count - 1] {
            let text = format!("{{{},\"key {repeated}\":0}}", members.join(","));
            assert_eq!(read(&text), Err(Refusal::Odd), "{count} keys, {repeated} again");
        }
    }
}

#[test]
fn what_is_nested_too_deep_is_refused() {
    let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
    assert!(read(&nested(DEEPEST)).is_ok());
    assert_eq!(read(&nested(DEEPEST + 1)), Err(Refusal::Odd));
    assert_eq!(read(&"{\"a\":".repeat(200_000)), Err(Refusal::Odd));
}

#[test]
fn the_tape_is_walked_by_members_and_items() {
    let mut names = Names::default();
    let b = names.add(b"b");
    let data = r#"{"a": [1, [2, 3], {"c": 4}], "b": "x\ty", "\u0062c": null}"#.as_bytes();
    let mut tape = Tape::default();
    tape.read(data, &names, true).unwrap();
    let document = Document { data, nodes: tape.nodes() };
    let members: Vec<(String, Kind)> =
        document.members(0).map(|(key, value)| (document.text(key), document.kind(value))).collect();
    assert_eq!(members, [("a".into(), Kind::Array), ("b".into(), Kind::Text), ("bc".into(), Kind::Null)]);
    let (_, list) = document.members(0).next().unwrap();
    let items: Vec<&[u8]> = document.children(list).map(|place| document.bytes(place)).collect();
    assert_eq!(items, [&b"1"[..], b"[2, 3]", b"{\"c\": 4}"]);
    assert_eq!(document.text(document.member(0, b).unwrap()), "x\ty");
    assert_eq!(document.members(list).count(), 0);
    assert_eq!(document.children(list + 1).count(), 0);
}

#[test]
fn line_feeds_between_tokens_are_counted() {
    let extent = Tape::default().read(b"{\n\"a\\n\": [\n1],\n \"b\": 2}\n\n", &Names::default(), true).unwrap();
    assert_eq!((extent.end, extent.feeds, extent.last_feed), (23, 3, 14));
}
