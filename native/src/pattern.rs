//! The few regular expressions that the usual schema is written with: classes of characters.
//!
//! `[class]` asks for one such character anywhere, `^[class]*$`, `^[class]+$` and `^[class]{m,n}$` for nothing else.
//! Before such a class there may be letters, digits, `_`, `:` and `/` that stand for themselves: `^https://[!-~]+$`.

/// Characters by their code points.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Class {
    ascii: u128,
    /// Others, first and last.
    ranges: Vec<(u32, u32)>,
}

impl Class {
    fn add(&mut self, first: u32, last: u32) {
        for character in first..=last.min(127) {
            self.ascii |= 1 << character;
        }
        if last > 127 {
            self.ranges.push((first.max(128), last));
        }
    }

    /// Whether a character is one of the class.
    #[inline]
    pub fn has(&self, character: u32) -> bool {
        if character < 128 {
            self.ascii >> character & 1 == 1
        } else {
            self.ranges.iter().any(|&(first, last)| (first..=last).contains(&character))
        }
    }
}

/// What a pattern asks of a text.
#[derive(Debug, PartialEq, Eq)]
pub enum Pattern {
    /// One character of the class at least.
    Some(Class),
    /// These characters, and then only characters of the class, and how many of them.
    Only(String, Class, usize, usize),
}

impl Pattern {
    /// Reads a pattern; none if it is of another form.
    pub fn parse(text: &str) -> Option<Self> {
        let characters: Vec<char> = text.chars().collect();
        if let ['^', rest @ .., '$'] = characters.as_slice() {
            let bracket = rest.iter().position(|character| *character == '[')?;
            let (before, class) = rest.split_at(bracket);
            let (class, behind) = parse_class(&class[1..])?;
            let (least, most) = parse_count(&behind.iter().collect::<String>())?;
            let are_plain = before.iter().all(|each| each.is_ascii_alphanumeric() || "_:/".contains(*each));
            return (are_plain && least <= most).then(|| Self::Only(before.iter().collect(), class, least, most));
        }
        match characters.as_slice() {
            ['[', rest @ ..] => match parse_class(rest)? {
                (class, []) => Some(Self::Some(class)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a text is as the pattern asks.
    pub fn takes(&self, mut characters: impl Iterator<Item = u32>) -> bool {
        match self {
            Self::Some(class) => characters.any(|character| class.has(character)),
            Self::Only(before, class, least, most) => {
                if !before.chars().all(|each| characters.next() == Some(u32::from(each))) {
                    return false;
                }
                let mut count = 0;
                for character in characters {
                    count += 1;
                    if count > *most || !class.has(character) {
                        return false;
                    }
                }
                count >= *least
            }
        }
    }
}

/// The class whose bracket was passed, and what follows behind its closing one.
fn parse_class(characters: &[char]) -> Option<(Class, &[char])> {
    let mut class = Class::default();
    let mut rest = characters;
    loop {
        let (first, last);
        (first, last, rest) = match rest {
            // At the end of a class it stands for itself.
            ['-', behind @ ..] if behind.starts_with(&[']']) => (u32::from('-'), u32::from('-'), behind),
            _ => parse_range(rest)?,
        };
        if last < first {
            return None;
        }
        class.add(first, last);
        if let [']', behind @ ..] = rest {
            return Some((class, behind));
        }
    }
}

/// The first and the last of some characters, and what follows.
fn parse_range(characters: &[char]) -> Option<(u32, u32, &[char])> {
    let (first, rest) = parse_character(characters)?;
    match rest {
        ['-', behind @ ..] if !behind.starts_with(&[']']) => {
            let (last, rest) = parse_character(behind)?;
            Some((first, last, rest))
        }
        _ => Some((first, first, rest)),
    }
}

/// A character of a class. What means something else to some reader of patterns has to be escaped.
fn parse_character(characters: &[char]) -> Option<(u32, &[char])> {
    match characters {
        ['\\', escaped @ ('\\' | ']' | '[' | '-' | '^'), rest @ ..] => Some((u32::from(*escaped), rest)),
        ['\\' | '[' | ']' | '^' | '-', ..] => None,
        ['&', '&', ..] | ['~', '~', ..] => None,
        [character, rest @ ..] => Some((u32::from(*character), rest)),
        [] => None,
    }
}

fn parse_count(text: &str) -> Option<(usize, usize)> {
    match text {
        "*" => Some((0, usize::MAX)),
        "+" => Some((1, usize::MAX)),
        _ => {
            let (least, most) = text.strip_prefix('{')?.strip_suffix('}')?.split_once(',')?;
            Some((least.parse().ok()?, most.parse().ok()?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(pattern: &str, text: &str) -> bool {
        Pattern::parse(pattern).unwrap().takes(text.chars().map(u32::from))
    }

    #[test]
    fn one_character_is_looked_for() {
        assert!(takes("[!-~]", " \n a") && !takes("[!-~]", " \n "));
        assert!(takes(r"[\]\\\-\^]", "^") && !takes(r"[\]\\\-\^]", "["));
        assert!(takes("[é-ü漢]", "x漢") && !takes("[é-ü漢]", "xyz"));
    }

    #[test]
    fn all_characters_are_counted() {
        assert!(takes("^[a-z_-]{1,4}$", "a-_z") && !takes("^[a-z_-]{1,4}$", "a^"));
        assert!(takes("^[a-z0-9_]{1,4}$", "ab_9") && !takes("^[a-z0-9_]{1,4}$", "ab_99"));
        assert!(!takes("^[a-z0-9_]{1,4}$", "") && !takes("^[a-z]{1,4}$", "aB"));
        assert!(takes("^[a-z]*$", "") && !takes("^[a-z]+$", "") && !takes("^[a-z]+$", "a\n"));
    }

    #[test]
    fn what_comes_before_is_taken_as_it_is() {
        assert!(takes("^https://[!-~]+$", "https://a") && !takes("^https://[!-~]+$", "https://"));
        assert!(!takes("^https://[!-~]+$", "http://ab") && !takes("^https://[!-~]+$", "HTTPS://a"));
        assert!(takes("^a_[0-9]*$", "a_") && !takes("^a_[0-9]*$", "a") && !takes("^a_[0-9]*$", "1a_1"));
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "",
            "a",
            "[^a]",
            "[a",
            "[]",
            "[]a]",
            "^[a]",
            "[a]$",
            "^[a]?$",
            "[z-a]",
            "[a-b-c]",
            "[-a]",
            r"[\s]",
            "[a][b]",
            "^[a]{2}$",
            "^[a]{3,2}$",
            "[a&&b]",
            "[[a]]",
            "^a.[a]+$",
            "^a|[a]+$",
            "^a",
        ] {
            assert_eq!(Pattern::parse(text), None, "{text}");
        }
    }
}
