//! Passes over the requests of a batch that are known to be clean, much faster than they could be decoded.
//!
//! A request is read into a tape (`json`), held against the usual schema (`compile`, `run`) and looked at by named
//! checks (`checks`); what of it counts is its key (`key`), and the keys of requests that were judged clean are known
//! (`known`). Whatever is not surely usual is left to the caller. `interface` is what other languages call.

pub mod blocks;
pub mod checks;
pub mod compile;
pub mod document;
pub mod image;
pub mod interface;
pub mod json;
pub mod key;
pub mod known;
pub mod limits;
pub mod most;
pub mod names;
pub mod number;
pub mod pattern;
pub mod program;
pub mod request;
pub mod run;
pub mod scanner;
pub mod size;
pub mod text;
