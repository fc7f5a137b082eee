//! The world that the typesetter sees: one template, one sheet as data, a handful of fonts, and nothing else. It opens
//! no file and no address, and knows no date.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use super::letters;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

static MAIN: LazyLock<Option<Source>> = LazyLock::new(|| {
    let path = VirtualPath::new("sheet.typ").ok()?;
    let id = RootedPath::new(VirtualRoot::Project, path).intern();
    Some(Source::new(id, include_str!("sheet.typ").to_owned()))
});

/// The typeface, read once.
#[derive(Debug, Default)]
pub struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Fonts {
    /// Every TrueType or OpenType file for print in the asset folder: those of `make assets`, then those that an install
    /// put beside them; none where there are no such folders.
    pub fn load(assets: &Path) -> Self {
        let mut files = Vec::new();
        for folder in [assets.join("vendor/print"), assets.join("print-fonts")] {
            let entries = std::fs::read_dir(folder).into_iter().flatten();
            let mut own: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
            own.sort();
            files.extend(own);
        }
        let fonts: Vec<Font> = files
            .iter()
            .filter(|path| path.extension().is_some_and(|end| end == "ttf" || end == "otf"))
            .filter_map(|path| Font::new(Bytes::new(std::fs::read(path).ok()?), 0))
            .collect();
        Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
    }

    pub fn is_empty(&self) -> bool {
        self.fonts.is_empty()
    }

    /// Whether one of the files can show it, or it shows nothing anyway.
    pub fn has(&self, c: char) -> bool {
        c.is_whitespace() || self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(c)))
    }

    /// The characters of a text that no file can show, each once.
    pub fn missing(&self, text: &str) -> BTreeSet<char> {
        text.chars().filter(|c| !c.is_ascii() && !is_unseen(*c) && !self.has(*c)).collect()
    }
}

/// Marks that only change their neighbours' look or order.
pub fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e01ef}')
}

/// One compilation.
pub struct Print<'a> {
    library: LazyHash<Library>,
    fonts: &'a Fonts,
    main: &'static Source,
}

impl<'a> Print<'a> {
    /// None where the template itself has no place: it is part of the program.
    pub fn new(fonts: &'a Fonts, sheet: String, logo: Option<Arc<[u8]>>) -> Option<Self> {
        let mut inputs = Dict::new();
        inputs.insert("turns".into(), letters::turn(&sheet).into_value());
        inputs.insert("sheet".into(), sheet.into_value());
        if let Some(logo) = logo {
            inputs.insert("logo".into(), Bytes::new(logo).into_value());
        }
        let features = [Feature::A11yExtras].into_iter().collect();
        let library = Library::builder().with_inputs(inputs).with_features(features).build();
        Some(Print { library: LazyHash::new(library), fonts, main: MAIN.as_ref()? })
    }
}

impl World for Print<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match id == self.main.id() {
            true => Ok(self.main.clone()),
            false => Err(FileError::AccessDenied),
        }
    }

    fn file(&self, _id: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
