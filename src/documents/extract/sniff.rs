//! The type of a file from its bytes. The name is never asked: people rename files.

use super::containers::archive::Archive;
use super::limits;
use super::refusal::Refusal;

/// A type of document that is known by its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaType {
    Docx,
    Odt,
    Rtf,
    Pdf,
    Html,
    Markdown,
    PlainText,
}

impl MediaType {
    /// The registered name, as in `Source::media_type`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Rtf => "application/rtf",
            Self::Pdf => "application/pdf",
            Self::Html => "text/html",
            Self::Markdown => "text/markdown",
            Self::PlainText => "text/plain",
        }
    }
}

/// Pictures and archives that people send by mistake, by their first bytes, with what to call them.
const OTHERS: [(&[u8], &str); 10] = [
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed archive"),
    (b"Rar!\x1a\x07", "a compressed archive"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
];

/// Finds the type, or says why the file can't be one that is read.
pub fn sniff(bytes: &[u8]) -> Result<MediaType, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > limits::FILE_BYTES {
        return Err(Refusal::too_large());
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return sniff_zip(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(sniff_ole(bytes));
    }
    if let Some((_, what)) = OTHERS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Refusal::OtherType(what));
    }
    if find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some() {
        return Ok(MediaType::Pdf);
    }
    if bytes.starts_with(b"{\\rtf") {
        return Ok(MediaType::Rtf);
    }
    Ok(sniff_text(bytes))
}

fn sniff_zip(bytes: &[u8]) -> Result<MediaType, Refusal> {
    let mut archive = Archive::open(bytes)?;
    if archive.has("[Content_Types].xml") {
        for (folder, what) in [("xl/", "a spreadsheet"), ("ppt/", "a presentation"), ("visio/", "a drawing")] {
            if archive.has_folder(folder) && !archive.has_folder("word/") {
                return Err(Refusal::OtherType(what));
            }
        }
        return Ok(MediaType::Docx);
    }
    if !archive.has("mimetype") {
        return Err(Refusal::OtherType("a zip of other files"));
    }
    let kind = archive.read("mimetype")?;
    if kind.starts_with(b"application/vnd.oasis.opendocument.text") {
        return Ok(MediaType::Odt);
    }
    if kind.starts_with(b"application/epub") {
        return Err(Refusal::OtherType("an e-book"));
    }
    Err(Refusal::OtherType("another kind of OpenDocument file"))
}

/// OLE containers hold old Word files and encrypted new ones; their directory names are UTF-16.
fn sniff_ole(bytes: &[u8]) -> Refusal {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        find(bytes, &wide).is_some()
    };
    if holds("EncryptedPackage") || holds("EncryptionInfo") {
        Refusal::PasswordProtected
    } else if holds("WordDocument") {
        Refusal::OldWord
    } else if holds("Workbook") || holds("Book") {
        Refusal::OtherType("an old spreadsheet")
    } else if holds("PowerPoint Document") {
        Refusal::OtherType("an old presentation")
    } else if holds("__properties_version1.0") {
        Refusal::OtherType("a saved e-mail")
    } else {
        Refusal::UnknownType
    }
}

/// How web pages and pasted pieces of them begin.
const PAGES: [&[u8]; 21] = [
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<meta",
    b"<p>",
    b"<p ",
    b"<div",
    b"<h1",
    b"<h2",
    b"<h3",
    b"<table",
    b"<ul",
    b"<ol",
    b"<section",
    b"<article",
    b"<main",
    b"<span",
    b"<b>",
    b"<strong",
    b"<!--startfragment",
];

/// Text by its looks; whether it is text at all is for the text container to say.
fn sniff_text(bytes: &[u8]) -> MediaType {
    let head = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => {
            encoding.decode_without_bom_handling(&bytes[mark..bytes.len().min(4096)]).0.into_owned().into_bytes()
        }
        None => bytes[..bytes.len().min(4096)].to_vec(),
    };
    let head = head.to_ascii_lowercase();
    let start = head.trim_ascii_start();
    let pasted = start.starts_with(b"version:") && find(&head, b"starthtml:").is_some();
    if pasted
        || PAGES.iter().any(|tag| start.starts_with(tag))
        || start.starts_with(b"<") && find(&head, b"<html").is_some()
    {
        return MediaType::Html;
    }
    let hashes = |line: &[u8]| {
        let level = line.iter().take_while(|&&byte| byte == b'#').count();
        (1..=6).contains(&level) && line.get(level) == Some(&b' ')
    };
    if bytes.split(|&byte| byte == b'\n').any(hashes) { MediaType::Markdown } else { MediaType::PlainText }
}

/// Position of the first `needle` in `haystack`.
fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
