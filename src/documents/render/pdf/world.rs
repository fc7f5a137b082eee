//! The world that the typesetter sees: one template, one sheet as data, a handful of fonts, and nothing else. It opens
//! no file and no address, and knows no date.

use std::path::Path;
use std::sync::LazyLock;

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
    /// Every TrueType file of the folder; none where there is no such folder.
    pub fn load(folder: &Path) -> Self {
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
            .unwrap_or_default();
        files.sort();
        let fonts: Vec<Font> = files
            .iter()
            .filter(|path| path.extension().is_some_and(|end| end == "ttf"))
            .filter_map(|path| Font::new(Bytes::new(std::fs::read(path).ok()?), 0))
            .collect();
        Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
    }

    pub fn is_empty(&self) -> bool {
        self.fonts.is_empty()
    }

    /// Names each character that the typeface lacks by its code, since a blank would hide that something stood there.
    pub fn spelled_out(&self, text: &str) -> String {
        let has =
            |c: char| c.is_whitespace() || self.fonts.iter().all(|font| font.info().coverage.contains(u32::from(c)));
        match text.chars().all(|c| c.is_ascii() || has(c)) {
            true => text.to_owned(),
            false => text.chars().map(|c| if c.is_ascii() || has(c) { c.to_string() } else { code(c) }).collect(),
        }
    }
}

/// `[U+1F600]`; marks that only change their neighbour's look are left out.
fn code(c: char) -> String {
    match c {
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => {
            String::new()
        }
        other => format!("[U+{:04X}]", u32::from(other)),
    }
}

/// One compilation.
pub struct Print<'a> {
    library: LazyHash<Library>,
    fonts: &'a Fonts,
    main: &'static Source,
}

impl<'a> Print<'a> {
    /// None where the template itself has no place: it is part of the program.
    pub fn new(fonts: &'a Fonts, sheet: String) -> Option<Self> {
        let mut inputs = Dict::new();
        inputs.insert("sheet".into(), sheet.into_value());
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
