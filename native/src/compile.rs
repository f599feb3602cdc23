//! Compiles a schema. What it does not know it refuses, so that no keyword goes unheard.

use std::collections::HashMap;

use crate::document::{Document, Place};
use crate::json::{Kind, Tape};
use crate::names::Names;
use crate::number::value_of;
use crate::pattern::Pattern;
use crate::program::{
    type_of, Case, Choice, Constant, Counts, Decided, Id, ItemRules, MemberRules, Program, Schema, TextRules, Types,
    ALL_TYPES, ANYTHING, NOTHING,
};

/// Why a schema was not compiled.
pub type Trouble = String;

/// The most members that an object can be required to have.
const MOST_REQUIRED: usize = 64;
/// The most flags that there can be.
const MOST_FLAGS: usize = 128;
/// Keywords that ask nothing of a value.
const ANNOTATIONS: [&str; 9] =
    ["$schema", "$id", "$defs", "title", "description", "$comment", "x-batchlint", "then", "else"];

/// Compiles the text of a schema.
pub fn compile(text: &[u8]) -> Result<Program, Trouble> {
    let mut tape = Tape::default();
    let mut data = text.trim_ascii().to_vec();
    data.push(b'\n');
    tape.read(&data, &Names::default(), true).map_err(|_| "the schema is no JSON, or nested too deep")?;
    let document = Document { data: &data, nodes: tape.nodes() };
    let compiler = Compiler {
        document,
        schemas: vec![Schema { types: ALL_TYPES, ..Schema::default() }, Schema::default()],
        names: Names::default(),
        flags: Vec::new(),
        places: 0,
        definitions: HashMap::new(),
    };
    compiler.program()
}

struct Compiler<'a> {
    document: Document<'a>,
    schemas: Vec<Schema>,
    names: Names,
    flags: Vec<String>,
    places: u16,
    definitions: HashMap<String, Id>,
}

impl Compiler<'_> {
    fn program(mut self) -> Result<Program, Trouble> {
        let mut definitions = Vec::new();
        if let Some(defs) = self.keyword(0, "$defs") {
            for (key, value) in self.document.members(defs) {
                let id = self.reserve();
                self.definitions.insert(self.document.text(key), id);
                definitions.push((id, value));
            }
        }
        for (id, value) in definitions {
            self.schemas[id as usize] = match self.document.kind(value) {
                Kind::False => Schema::default(),
                Kind::True => Schema { types: ALL_TYPES, ..Schema::default() },
                _ => self.schema(value)?,
            };
        }
        let checks = match self.keyword(0, "x-checks") {
            Some(list) => self.texts(list)?,
            None => Vec::new(),
        };
        let item = match self.keyword(0, "x-item") {
            Some(list) => self.texts(list)?,
            None => ["custom_id", "params"].map(String::from).into(),
        };
        let [id, body] = item.as_slice() else { return Err("x-item".into()) };
        let item = (self.names.add(id.as_bytes()), self.names.add(body.as_bytes()));
        let root = self.reserve();
        self.schemas[root as usize] = self.schema(0)?;
        Ok(Program { schemas: self.schemas, root, names: self.names, checks, item })
    }

    fn reserve(&mut self) -> Id {
        self.schemas.push(Schema { types: ALL_TYPES, ..Schema::default() });
        (self.schemas.len() - 1) as Id
    }

    /// The number of the schema at a place.
    fn id(&mut self, place: Place) -> Result<Id, Trouble> {
        match self.document.kind(place) {
            Kind::True => Ok(ANYTHING),
            Kind::False => Ok(NOTHING),
            _ => {
                let schema = self.schema(place)?;
                self.schemas.push(schema);
                Ok((self.schemas.len() - 1) as Id)
            }
        }
    }

    fn schema(&mut self, place: Place) -> Result<Schema, Trouble> {
        if self.document.kind(place) != Kind::Object {
            return Err("a schema that is no object".into());
        }
        let mut schema = Schema { types: ALL_TYPES, ..Schema::default() };
        let mut all_of = Vec::new();
        let mut text = TextRules { least: 0, most: usize::MAX, pattern: None };
        let mut items = ItemRules { each: ANYTHING, least: 0, most: usize::MAX, unique: false };
        let mut bounds = (f64::NEG_INFINITY, f64::INFINITY);
        for (key, value) in self.document.members(place) {
            let keyword = self.document.text(key);
            match keyword.as_str() {
                "type" => (schema.types, schema.whole) = self.types(value)?,
                "const" => schema.constants = Some([self.constant(value)?].into()),
                "enum" => schema.constants = Some(self.constants(value)?),
                "minimum" => bounds.0 = self.number(value)?,
                "maximum" => bounds.1 = self.number(value)?,
                "minLength" => text.least = self.count(value)?,
                "maxLength" => text.most = self.count(value)?,
                "pattern" => text.pattern = Some(self.pattern(value)?),
                "items" => items.each = self.id(value)?,
                "uniqueItems" => items.unique = self.document.kind(value) == Kind::True,
                "minItems" => items.least = self.count(value)?,
                "maxItems" => items.most = self.count(value)?,
                "properties" | "required" | "additionalProperties" | "propertyNames" | "minProperties" => {
                    if schema.members.is_none() {
                        schema.members = Some(Box::new(self.members(place)?));
                    }
                }
                "$ref" => all_of.push(self.reference(value)?),
                "allOf" => all_of.append(&mut self.ids(value)?),
                "anyOf" => schema.any_of = self.ids(value)?.into(),
                "if" => schema.choice = Some(Box::new(self.choice(place, value)?)),
                "x-counts" => schema.counts = Some(self.counts(value)?),
                "x-flag" => schema.flag = Some(self.flag(value)?),
                "x-checks" | "x-item" if place == 0 => {}
                known if ANNOTATIONS.contains(&known) => {}
                _ => return Err(format!("the keyword {keyword}")),
            }
        }
        if schema.constants.is_some() && self.keyword(place, "const").is_some() && self.keyword(place, "enum").is_some()
        {
            return Err("const beside enum".into());
        }
        schema.all_of = all_of.into();
        schema.bounds = (bounds != (f64::NEG_INFINITY, f64::INFINITY)).then_some(bounds);
        let asks_text = text.least > 0 || text.most < usize::MAX || text.pattern.is_some();
        schema.text = asks_text.then(|| Box::new(text));
        let asks_items = items.each != ANYTHING || items.least > 0 || items.most < usize::MAX || items.unique;
        schema.items = asks_items.then_some(items);
        Ok(schema)
    }

    fn members(&mut self, place: Place) -> Result<MemberRules, Trouble> {
        let required = match self.keyword(place, "required") {
            Some(list) => self.texts(list)?,
            None => Vec::new(),
        };
        if required.len() > MOST_REQUIRED {
            return Err("too many required members".into());
        }
        let mut known: Vec<(String, Id)> = required.iter().map(|name| (name.clone(), ANYTHING)).collect();
        let others = match self.keyword(place, "additionalProperties") {
            Some(value) => self.id(value)?,
            None => ANYTHING,
        };
        known.iter_mut().for_each(|each| each.1 = others);
        if let Some(properties) = self.keyword(place, "properties") {
            for (key, value) in self.document.members(properties) {
                let (name, id) = (self.document.text(key), self.id(value)?);
                match known.iter_mut().find(|each| each.0 == name) {
                    Some(each) => each.1 = id,
                    None => known.push((name, id)),
                }
            }
        }
        Ok(MemberRules {
            names: known.iter().map(|(name, _)| self.names.add(name.as_bytes())).collect(),
            schemas: known.iter().map(|&(_, id)| id).collect(),
            required: required.len(),
            others,
            keys: self.branch(place, "propertyNames")?,
            least: self.keyword(place, "minProperties").map_or(Ok(0), |value| self.count(value))?,
        })
    }

    /// What hangs on a condition. A chain of conditions on one member becomes one switch.
    fn choice(&mut self, place: Place, condition: Place) -> Result<Choice, Trouble> {
        let Some((member, decided)) = self.deciding(condition)? else {
            return Ok(Choice::If(self.id(condition)?, self.branch(place, "then")?, self.branch(place, "else")?));
        };
        let mut cases = vec![Case { decided, then: self.branch(place, "then")? }];
        let mut rest = self.keyword(place, "else");
        while let Some(link) = rest {
            let condition = if self.is_only_a_choice(link) { self.keyword(link, "if") } else { None };
            match condition.map(|condition| self.deciding(condition)).transpose()?.flatten() {
                Some((other, decided)) if other == member => {
                    cases.push(Case { decided, then: self.branch(link, "then")? });
                }
                _ => break,
            }
            rest = self.keyword(link, "else");
        }
        let last = rest.map_or(Ok(ANYTHING), |value| self.id(value))?;
        Ok(Choice::Switch(self.names.add(member.as_bytes()), cases.into(), last))
    }

    fn is_only_a_choice(&self, place: Place) -> bool {
        let mut keys = self.document.members(place).map(|(key, _)| self.document.text(key));
        self.document.kind(place) == Kind::Object && keys.all(|key| matches!(key.as_str(), "if" | "then" | "else"))
    }

    /// The member whose value decides a condition, and how; none if the condition is of another form.
    fn deciding(&self, condition: Place) -> Result<Option<(String, Decided)>, Trouble> {
        let known = ["required", "properties"];
        if self.document.members(condition).any(|(key, _)| !known.contains(&self.document.text(key).as_str())) {
            return Ok(None);
        }
        let properties = self.keyword(condition, "properties");
        let Some((key, value)) = properties.and_then(|place| self.only_member(place)) else { return Ok(None) };
        let Some((keyword, allowed)) = self.only_member(value) else { return Ok(None) };
        let values = match self.document.text(keyword).as_str() {
            "const" => [self.constant(allowed)?].into(),
            "enum" => self.constants(allowed)?,
            _ => return Ok(None),
        };
        let member = self.document.text(key);
        let required = self.keyword(condition, "required").map_or(Ok(Vec::new()), |list| self.texts(list))?;
        let is_alone = required.iter().all(|name| *name == member);
        Ok(is_alone.then_some((member, Decided { values, absent: required.is_empty() })))
    }

    fn only_member(&self, place: Place) -> Option<(Place, Place)> {
        let mut members = self.document.members(place);
        members.next().filter(|_| members.next().is_none())
    }

    fn branch(&mut self, place: Place, name: &str) -> Result<Id, Trouble> {
        match self.keyword(place, name) {
            Some(value) => self.id(value),
            None => Ok(ANYTHING),
        }
    }

    fn keyword(&self, place: Place, name: &str) -> Option<Place> {
        self.document.members(place).find(|&(key, _)| self.document.is_text(key, name)).map(|(_, value)| value)
    }

    fn types(&self, place: Place) -> Result<(Types, bool), Trouble> {
        let names = match self.document.kind(place) {
            Kind::Text => vec![self.document.text(place)],
            _ => self.texts(place)?,
        };
        let mut types = 0;
        for name in &names {
            types |= match name.as_str() {
                "object" => type_of(Kind::Object),
                "array" => type_of(Kind::Array),
                "string" => type_of(Kind::Text),
                "number" | "integer" => type_of(Kind::Number),
                "boolean" => type_of(Kind::True),
                "null" => type_of(Kind::Null),
                _ => return Err(format!("the type {name}")),
            };
        }
        let has = |name: &str| names.iter().any(|each| each == name);
        Ok((types, has("integer") && !has("number")))
    }

    fn constant(&self, place: Place) -> Result<Constant, Trouble> {
        match self.document.kind(place) {
            Kind::Text => Ok(Constant::Text(self.document.text(place))),
            word @ (Kind::Null | Kind::True | Kind::False) => Ok(Constant::Word(word)),
            _ => Err("a constant that is a number, a list or an object".into()),
        }
    }

    fn constants(&self, place: Place) -> Result<Box<[Constant]>, Trouble> {
        self.list(place)?.map(|each| self.constant(each)).collect()
    }

    fn number(&self, place: Place) -> Result<f64, Trouble> {
        let number =
            (self.document.kind(place) == Kind::Number).then(|| value_of(self.document.bytes(place))).flatten();
        number.ok_or_else(|| "a bound that is no exact number".into())
    }

    fn count(&self, place: Place) -> Result<usize, Trouble> {
        match self.number(place)? {
            number if number >= 0.0 && number.fract() == 0.0 => Ok(number as usize),
            _ => Err("a count that is none".into()),
        }
    }

    fn pattern(&self, place: Place) -> Result<Pattern, Trouble> {
        let text = self.text(place)?;
        Pattern::parse(&text).ok_or_else(|| format!("the pattern {text}"))
    }

    fn reference(&self, place: Place) -> Result<Id, Trouble> {
        let text = self.text(place)?;
        let id = text.strip_prefix("#/$defs/").and_then(|name| self.definitions.get(name));
        id.copied().ok_or_else(|| format!("the reference {text}"))
    }

    fn counts(&mut self, place: Place) -> Result<(Counts, u16), Trouble> {
        self.places += 1;
        match self.text(place)?.as_str() {
            "bytes" => Ok((Counts::Bytes, self.places)),
            "number" => Ok((Counts::Number, self.places)),
            other => Err(format!("x-counts: {other}")),
        }
    }

    fn flag(&mut self, place: Place) -> Result<u8, Trouble> {
        let name = self.text(place)?;
        let number = self.flags.iter().position(|flag| *flag == name).unwrap_or_else(|| {
            self.flags.push(name);
            self.flags.len() - 1
        });
        if number < MOST_FLAGS {
            Ok(number as u8)
        } else {
            Err("too many flags".into())
        }
    }

    fn ids(&mut self, place: Place) -> Result<Vec<Id>, Trouble> {
        self.list(place)?.map(|each| self.id(each)).collect()
    }

    fn text(&self, place: Place) -> Result<String, Trouble> {
        match self.document.kind(place) {
            Kind::Text => Ok(self.document.text(place)),
            _ => Err("a text is missing".into()),
        }
    }

    fn texts(&self, place: Place) -> Result<Vec<String>, Trouble> {
        self.list(place)?.map(|each| self.text(each)).collect()
    }

    fn list(&self, place: Place) -> Result<impl Iterator<Item = Place>, Trouble> {
        match self.document.kind(place) {
            Kind::Array => Ok(self.document.children(place).collect::<Vec<_>>().into_iter()),
            _ => Err("a list is missing".into()),
        }
    }
}
