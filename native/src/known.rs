//! The keys of requests that were judged, what was found in them, and between which numbers.

use std::collections::hash_map::RandomState;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};

use crate::key::Key;

/// Bytes of all that is known, about; then all is forgotten.
const MOST_BYTES: usize = 8 << 20;
/// Bytes that an entry takes beside its key and numbers, about.
const OVERHEAD: usize = 96;

/// Of each number the least and the largest.
type Bounds = Box<[(f64, f64)]>;
/// What was found in a request, as the caller numbers it; 0: nothing.
pub type Tag = u32;
/// What blocks are multiplied by: an odd number without a pattern.
const FACTOR: u64 = 0xf135_7aea_2e62_a9c5;

/// What is known of the requests with one key.
struct Entry {
    bounds: Bounds,
    tag: Tag,
}

/// What is known of requests by their keys.
pub struct Known {
    entries: HashMap<Box<[u8]>, Entry, Seeded>,
    size: usize,
}

impl Default for Known {
    fn default() -> Self {
        Self { entries: HashMap::with_hasher(Seeded::new()), size: 0 }
    }
}

impl Known {
    /// What is found in every request with this key, where that is known.
    pub fn tag(&self, key: &Key) -> Option<Tag> {
        let entry = self.entries.get(key.bytes())?;
        let mut numbers = entry.bounds.iter().zip(key.numbers());
        let is_between = numbers.all(|((least, most), number)| least <= number && number <= most);
        is_between.then_some(entry.tag)
    }

    /// Remembers what was found in a request with this key: it is found at its numbers, and between those at which the
    /// same was found before. Of one key, what was found first is known.
    pub fn learn(&mut self, key: &Key, tag: Tag) {
        if let Some(entry) = self.entries.get_mut(key.bytes()) {
            if entry.tag == tag {
                for ((least, most), &number) in entry.bounds.iter_mut().zip(key.numbers()) {
                    *least = least.min(number);
                    *most = most.max(number);
                }
            }
            return;
        }
        let size = key.bytes().len() + 16 * key.numbers().len() + OVERHEAD;
        if self.size + size > MOST_BYTES {
            *self = Self::default();
        }
        if size <= MOST_BYTES {
            self.size += size;
            let bounds = key.numbers().iter().map(|&number| (number, number)).collect();
            self.entries.insert(key.bytes().into(), Entry { bounds, tag });
        }
    }
}

/// Makes hashers of one seed, which nobody outside can know.
#[derive(Clone)]
struct Seeded(u64);

impl Seeded {
    fn new() -> Self {
        Self(RandomState::new().hash_one(0))
    }
}

impl BuildHasher for Seeded {
    type Hasher = Folding;

    fn build_hasher(&self) -> Folding {
        Folding(self.0)
    }
}

/// A fast hash: eight bytes at a time by one multiplication each, as FoldHash does it.
struct Folding(u64);

impl Folding {
    fn fold(&mut self, block: u64) {
        let product = u128::from(self.0 ^ block) * u128::from(FACTOR);
        self.0 = (product >> 64) as u64 ^ product as u64;
    }
}

impl Hasher for Folding {
    fn write(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some((block, behind)) = rest.split_first_chunk::<8>() {
            self.fold(u64::from_le_bytes(*block));
            rest = behind;
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.fold(u64::from_le_bytes(last));
        self.fold(bytes.len() as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
