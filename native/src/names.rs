//! Numbers for the member names that a program knows, so that names are compared once, while JSON is read.

/// The number of a member name; 0 stands for all that no program knows.
pub type Name = u16;

/// Names by their hash.
#[derive(Default)]
pub struct Names {
    texts: Vec<(u64, Box<[u8]>)>,
    /// Twice as many places as names at least, each with the number of a name or 0.
    places: Vec<Name>,
}

impl Names {
    /// The number of a name, which is made known if it is not.
    pub fn add(&mut self, text: &[u8]) -> Name {
        let hash = hash_of(text);
        if let found @ 1.. = self.find(hash, text) {
            return found;
        }
        self.texts.push((hash, text.into()));
        if self.places.len() < 4 * self.texts.len() {
            self.places = vec![0; (8 * self.texts.len()).next_power_of_two()];
            (1..=self.texts.len()).for_each(|number| self.put(number));
        } else {
            self.put(self.texts.len());
        }
        self.texts.len() as Name
    }

    /// The number of a name with this hash.
    #[inline]
    pub fn find(&self, hash: u64, text: &[u8]) -> Name {
        if self.places.is_empty() {
            return 0;
        }
        let mask = self.places.len() - 1;
        let mut place = hash as usize & mask;
        loop {
            match self.places[place] {
                0 => return 0,
                number => {
                    let (known_hash, known) = &self.texts[number as usize - 1];
                    if *known_hash == hash && **known == *text {
                        return number;
                    }
                }
            }
            place = (place + 1) & mask;
        }
    }

    /// How many names are known.
    pub fn count(&self) -> usize {
        self.texts.len()
    }

    fn put(&mut self, number: usize) {
        let mask = self.places.len() - 1;
        let mut place = self.texts[number - 1].0 as usize & mask;
        while self.places[place] != 0 {
            place = (place + 1) & mask;
        }
        self.places[place] = number as Name;
    }
}

/// A hash of a name. Equal names have equal hashes; different names nearly always have different ones.
#[inline]
pub fn hash_of(name: &[u8]) -> u64 {
    let mut hash = name.len() as u64;
    let mut rest = name;
    while let Some((block, behind)) = rest.split_first_chunk::<8>() {
        hash = mixed(hash, u64::from_le_bytes(*block));
        rest = behind;
    }
    let last = rest.iter().fold(0, |number, &byte| number << 8 | u64::from(byte));
    mixed(hash, last)
}

#[inline(always)]
fn mixed(hash: u64, block: u64) -> u64 {
    let product = u128::from(hash ^ 0x9e37_79b9_7f4a_7c15) * u128::from(block ^ 0xd6e8_feb8_6659_fd93);
    (product >> 64) as u64 ^ product as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_their_text() {
        let mut names = Names::default();
        let texts: Vec<String> = (0..500).map(|number| "x".repeat(number % 17) + &number.to_string()).collect();
        let numbers: Vec<Name> = texts.iter().map(|text| names.add(text.as_bytes())).collect();
        assert_eq!(numbers, (1..=500).collect::<Vec<Name>>());
        for (text, number) in texts.iter().zip(numbers) {
            assert_eq!(names.find(hash_of(text.as_bytes()), text.as_bytes()), number);
            assert_eq!(names.add(text.as_bytes()), number);
        }
        assert_eq!(names.find(hash_of(b"other"), b"other"), 0);
    }

    #[test]
    fn a_name_with_the_hash_of_another_is_not_that_one() {
        let mut names = Names::default();
        names.add(b"type");
        assert_eq!(names.find(hash_of(b"type"), b"role"), 0);
    }
}
