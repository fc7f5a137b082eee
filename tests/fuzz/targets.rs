//! What is fuzzed: how a target's inputs are made, and what reads them.

use rolebook::documents::extract::result::Source;
use rolebook::documents::extract::{self, bundle, recognise};
use rolebook::documents::paste;

use crate::chance::Chance;
use crate::mutate::mutated;
use crate::{pdfs, pieces, seeds};

pub const NAMES: [&str; 10] =
    ["docx", "odt", "rtf", "html", "pdf", "text", "markdown", "recognisers", "bundle", "paste"];

/// The next input. Some are as a program would write them; most are changed.
pub fn input(name: &str, chance: &mut Chance) -> Vec<u8> {
    if name == "recognisers" {
        return chance.next().to_le_bytes().to_vec();
    }
    let seed = seed(name, chance);
    if chance.once_in(10) {
        return seed;
    }
    let other = self::seed(name, chance);
    mutated(&seed, &other, chance)
}

fn seed(name: &str, chance: &mut Chance) -> Vec<u8> {
    let all = seeds::pieces(chance);
    match name {
        "docx" => seeds::word(&all, chance),
        "odt" => pieces::odt(&all),
        "rtf" => pieces::rtf(&all),
        "html" | "paste" => pieces::html(&all),
        "pdf" => pdfs::pdf(&all),
        "bundle" => crate::word::zipped(&[
            ("one.docx".to_owned(), pieces::docx(&all)),
            ("two.txt".to_owned(), seeds::plain(&all, chance)),
        ]),
        _ => seeds::plain(&all, chance),
    }
}

/// Reads an input; whatever comes of it is fine, as long as it comes.
pub fn read(name: &str, bytes: &[u8]) {
    match name {
        "recognisers" => {
            let seed = <[u8; 8]>::try_from(bytes).map(u64::from_le_bytes).unwrap_or_default();
            let document = seeds::document(&mut Chance::new(seed));
            let nothing = Source { name: String::new(), media_type: String::new(), sha256: String::new(), words: 0 };
            recognise::recognise(&document, nothing);
        }
        "bundle" => {
            if bundle::is_bundle(bytes)
                && let Ok(files) = bundle::files(bytes)
            {
                files.iter().for_each(|(name, bytes)| drop(extract::extract(bytes, name)));
            }
        }
        "paste" => drop(paste::read_html(&String::from_utf8_lossy(bytes))),
        _ => drop(extract::extract(bytes, name)),
    }
}
