//! Rich text (.rtf): a stream of groups and control words in, blocks in reading order out.
//!
//! `tokens` cuts the bytes, `state` is what a group inherits, `reader` keeps what is open and places paragraphs,
//! `words` gives control words their meaning, `destinations` those that begin text of another kind, `tables` builds
//! grids from edges, `beside` gathers changes and comments, `charset` decodes bytes. Nothing here is recursive, so
//! nesting costs no stack. List markers are taken as the writer printed them.

mod beside;
mod charset;
mod destinations;
mod reader;
mod state;
mod tables;
mod tokens;
mod words;

use super::super::blocks::Document;
use super::super::refusal::Refusal;
use super::Changes;
use reader::Reader;
use tokens::{Token, Tokens};

/// Reads the whole stream. Text after the last group, and groups that never end, are read as far as they go.
pub fn read(bytes: &[u8], changes: Changes) -> Result<Document, Refusal> {
    let mut reader = Reader::new(changes);
    for token in Tokens::new(bytes) {
        match token {
            Token::Open => reader.open()?,
            Token::Close => reader.close()?,
            Token::Word(word, number) => reader.word(word, number)?,
            Token::Symbol(symbol) => reader.symbol(symbol)?,
            Token::Byte(byte) => reader.byte(byte),
        }
    }
    reader.finish()
}
