//! What a schema is compiled to: nodes by their numbers.

use crate::json::Kind;
use crate::names::{Name, Names};
use crate::pattern::Pattern;

/// The number of a schema in its program.
pub type Id = u32;

/// The schema that takes everything.
pub const ANYTHING: Id = 0;
/// The schema that takes nothing.
pub const NOTHING: Id = 1;

/// A schema, and those that it is made of.
pub struct Program {
    /// All schemas; the first two are `ANYTHING` and `NOTHING`.
    pub schemas: Vec<Schema>,
    /// The one that requests are held against.
    pub root: Id,
    /// The names of members that schemas speak of.
    pub names: Names,
    /// The names of the checks that the root asks for.
    pub checks: Vec<String>,
    /// What the root calls the id and the body of a request (`x-item`).
    pub item: (Name, Name),
}

/// Types of values, as a set.
pub type Types = u8;

/// The set that holds one type.
pub fn type_of(kind: Kind) -> Types {
    match kind {
        Kind::Object => 1,
        Kind::Array => 2,
        Kind::Text => 4,
        Kind::Number => 8,
        Kind::True | Kind::False => 16,
        Kind::Null => 32,
    }
}

/// All types.
pub const ALL_TYPES: Types = 63;

/// A value that `const` or `enum` allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constant {
    /// A text.
    Text(String),
    /// `null`, `true` or `false`.
    Word(Kind),
}

/// What one schema asks. What speaks of one type only holds for values of all others.
#[derive(Default)]
pub struct Schema {
    /// `type`
    pub types: Types,
    /// Whether a number has to be whole, and exact.
    pub whole: bool,
    /// `const` and `enum`
    pub constants: Option<Box<[Constant]>>,
    /// `minimum` and `maximum`
    pub bounds: Option<(f64, f64)>,
    /// `minLength`, `maxLength` and `pattern`
    pub text: Option<Box<TextRules>>,
    /// `items`, `minItems`, `maxItems` and `uniqueItems`
    pub items: Option<ItemRules>,
    /// `properties`, `required`, `additionalProperties`, `propertyNames` and `minProperties`
    pub members: Option<Box<MemberRules>>,
    /// `$ref` and `allOf`
    pub all_of: Box<[Id]>,
    /// `anyOf`
    pub any_of: Box<[Id]>,
    /// `if`, `then` and `else`
    pub choice: Option<Box<Choice>>,
    /// `x-counts`, with the number of this place
    pub counts: Option<(Counts, u16)>,
    /// `x-flag`, by the number of its name
    pub flag: Option<u8>,
}

/// What of a value joins the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Its bytes.
    Bytes,
    /// That it is there; the number itself is ordered.
    Number,
}

/// What is asked of a text.
pub struct TextRules {
    /// Code points at least.
    pub least: usize,
    /// Code points at most.
    pub most: usize,
    /// What it is made of.
    pub pattern: Option<Pattern>,
}

/// What is asked of a list.
pub struct ItemRules {
    /// Of each item.
    pub each: Id,
    /// How many there are at least.
    pub least: usize,
    /// How many there are at most.
    pub most: usize,
    /// Whether no two may be the same.
    pub unique: bool,
}

/// What is asked of an object.
pub struct MemberRules {
    /// The names of the members that are known, the required ones first.
    pub names: Box<[Name]>,
    /// What is asked of each of them.
    pub schemas: Box<[Id]>,
    /// How many of them are required.
    pub required: usize,
    /// What is asked of all other members.
    pub others: Id,
    /// What is asked of each key.
    pub keys: Id,
    /// How many members there are at least.
    pub least: usize,
}

/// A schema that depends on another.
pub enum Choice {
    /// Any condition.
    If(Id, Id, Id),
    /// The first case that has the value of one member, or else the last schema.
    Switch(Name, Box<[Case]>, Id),
}

/// One case of several that a member decides.
pub struct Case {
    /// Whether it is this one.
    pub decided: Decided,
    /// What is asked then.
    pub then: Id,
}

/// How the value of a member decides.
pub struct Decided {
    /// The values that say yes.
    pub values: Box<[Constant]>,
    /// Whether it is yes where the member is missing.
    pub absent: bool,
}
