//! Holds a value against a program, and collects what of it counts.

use crate::document::{Document, Place};
use crate::json::Kind;
use crate::key::Key;
use crate::number::{is_exact_integer, is_well_between, value_of};
use crate::program::{
    type_of, Choice, Constant, Counts, Decided, Id, ItemRules, MemberRules, Program, Schema, TextRules, ANYTHING,
    NOTHING,
};
use crate::text::is_text;

/// Schemas, one inside the other, that are gone through: more than any value of `json::DEEPEST` needs.
const MOST_NESTED: usize = 600;
/// Items that are compared with all others at most.
const MOST_COMPARED: usize = 100;

/// Whether the program's root takes the value of a document; what counts of it joins the key.
pub fn takes(program: &Program, document: Document, key: &mut Key) -> bool {
    let mut run = Run { program, document, key, collects: true, nested: 0, is_unsure: false };
    run.takes(program.root, 0) && !run.is_unsure
}

struct Run<'a> {
    program: &'a Program,
    document: Document<'a>,
    key: &'a mut Key,
    /// Not inside a condition.
    collects: bool,
    nested: usize,
    /// Whether something was met of which it is not sure what the schema says: a refusal would not do, as it may be a
    /// condition that is refused.
    is_unsure: bool,
}

impl<'a> Run<'a> {
    fn takes(&mut self, id: Id, place: Place) -> bool {
        if id <= NOTHING {
            return id == ANYTHING;
        }
        if self.nested > MOST_NESTED {
            return self.unsure();
        }
        self.nested += 1;
        let program = self.program;
        let holds = self.holds(&program.schemas[id as usize], place);
        self.nested -= 1;
        holds
    }

    fn unsure(&mut self) -> bool {
        self.is_unsure = true;
        false
    }

    fn holds(&mut self, schema: &'a Schema, place: Place) -> bool {
        let kind = self.document.kind(place);
        if schema.types & type_of(kind) == 0 {
            return false;
        }
        if let Some(constants) = &schema.constants {
            if !is_one_of(self.document, place, constants) {
                return false;
            }
        }
        let holds = match kind {
            Kind::Object => schema.members.as_ref().is_none_or(|rules| self.takes_members(rules, place)),
            Kind::Array => schema.items.as_ref().is_none_or(|rules| self.takes_items(rules, place)),
            Kind::Text => schema.text.as_ref().is_none_or(|rules| self.takes_text(rules, place)),
            Kind::Number => self.takes_number(schema, place),
            Kind::True | Kind::False | Kind::Null => true,
        };
        holds
            && schema.all_of.iter().all(|&each| self.takes(each, place))
            && schema.choice.as_ref().is_none_or(|choice| self.takes_choice(choice, place))
            && (schema.any_of.is_empty() || self.takes_any(&schema.any_of, place))
            && self.collect(schema, place)
    }

    fn takes_members(&mut self, rules: &'a MemberRules, place: Place) -> bool {
        let mut missing = (1u64 << (rules.required & 63)) - 1;
        if rules.required == 64 {
            missing = u64::MAX;
        }
        let mut count = 0;
        for (key, value) in self.document.members(place) {
            count += 1;
            let name = self.document.node(key).name;
            let schema = match rules.names.iter().position(|&known| known == name) {
                Some(index) => {
                    if index < 64 {
                        missing &= !(1 << index);
                    }
                    rules.schemas[index]
                }
                None => rules.others,
            };
            if !(self.takes(rules.keys, key) && self.takes(schema, value)) {
                return false;
            }
        }
        missing == 0 && count >= rules.least
    }

    fn takes_items(&mut self, rules: &'a ItemRules, place: Place) -> bool {
        let mut count = 0;
        for item in self.document.children(place) {
            count += 1;
            if !self.takes(rules.each, item) {
                return false;
            }
        }
        (rules.least..=rules.most).contains(&count) && (!rules.unique || self.are_unique(place, count))
    }

    /// Whether no two items are the same; known of texts that are written without escapes.
    fn are_unique(&mut self, place: Place, count: usize) -> bool {
        let document = self.document;
        let is_plain = |item: &Place| document.kind(*item) == Kind::Text && !document.node(*item).has_escapes;
        if count > MOST_COMPARED || !document.children(place).all(|item| is_plain(&item)) {
            return self.unsure();
        }
        let are_other = |(index, item): (usize, Place)| {
            let mut before = document.children(place).take(index);
            before.all(|other| document.raw_text(other) != document.raw_text(item))
        };
        document.children(place).enumerate().all(are_other)
    }

    fn takes_text(&self, rules: &TextRules, place: Place) -> bool {
        let bytes = self.document.raw_text(place).len();
        let characters = || self.document.characters(place);
        // A character is written with one byte at least.
        let is_surely_short = bytes <= rules.most;
        let is_surely_long = rules.least == 0 || (rules.least == 1 && bytes > 0);
        if !is_surely_short || !is_surely_long {
            let count = characters().count();
            if count < rules.least || count > rules.most {
                return false;
            }
        }
        rules.pattern.as_ref().is_none_or(|pattern| pattern.takes(characters()))
    }

    fn takes_number(&mut self, schema: &Schema, place: Place) -> bool {
        let number = self.document.bytes(place);
        // To a validator 1.0 is whole, too.
        if schema.whole && !is_exact_integer(number) {
            return self.unsure();
        }
        let Some((least, most)) = schema.bounds else { return true };
        match value_of(number) {
            Some(value) => least <= value && value <= most,
            None => is_well_between(number, least, most) || self.unsure(),
        }
    }

    fn takes_choice(&mut self, choice: &'a Choice, place: Place) -> bool {
        let taken = match choice {
            Choice::If(condition, then, otherwise) => {
                let collected = std::mem::replace(&mut self.collects, false);
                let holds = self.takes(*condition, place);
                self.collects = collected;
                if holds {
                    *then
                } else {
                    *otherwise
                }
            }
            Choice::Switch(name, cases, last) => {
                let document = self.document;
                let is_object = document.kind(place) == Kind::Object;
                let value = document.member(place, *name);
                let is_meant = |decided: &Decided| match value {
                    Some(value) => is_one_of(document, value, &decided.values),
                    // Nothing is required of what is no object.
                    None => decided.absent || !is_object,
                };
                cases.iter().find(|case| is_meant(&case.decided)).map_or(*last, |case| case.then)
            }
        };
        self.takes(taken, place)
    }

    fn takes_any(&mut self, branches: &'a [Id], place: Place) -> bool {
        let before = self.key.mark();
        branches.iter().any(|&branch| {
            self.key.reset(before);
            self.takes(branch, place)
        })
    }

    /// Puts into the key what counts; false where that is not possible.
    fn collect(&mut self, schema: &Schema, place: Place) -> bool {
        if !self.collects {
            return true;
        }
        if let Some(flag) = schema.flag {
            self.key.add_flag(flag);
        }
        match schema.counts {
            Some((Counts::Number, number)) if self.document.kind(place) == Kind::Number => {
                match value_of(self.document.bytes(place)) {
                    Some(value) => self.key.add_number(number, value),
                    None => return self.unsure(),
                }
            }
            Some((_, number)) => self.key.add_bytes(number, self.document.bytes(place)),
            None => {}
        }
        true
    }
}

#[inline]
fn is_one_of(document: Document, place: Place, constants: &[Constant]) -> bool {
    let node = document.node(place);
    if node.kind == Kind::Text {
        let raw = document.raw_text(place);
        let is = |each: &Constant| matches!(each, Constant::Text(text) if is_text(raw, node.has_escapes, text));
        return constants.iter().any(is);
    }
    constants.iter().any(|each| matches!(each, Constant::Word(word) if *word == node.kind))
}
