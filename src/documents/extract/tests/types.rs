//! Types by their bytes, and the sentences for those that are not read.

use super::super::refusal::Refusal;
use super::super::{MediaType, extract, read_blocks};
use super::support::{Docx, p, refusal, zipped};

fn office(folder: &str) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml".to_owned(), b"<Types/>".to_vec()),
        (format!("{folder}/main.xml"), b"<x/>".to_vec()),
    ])
}

fn ole(name: &str) -> Vec<u8> {
    let wide = name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 600], wide, vec![0; 100]].concat()
}

#[test]
fn the_name_does_not_decide() {
    let docx = Docx::new(&p("Some words")).bytes();
    assert_eq!(read_blocks(&docx).unwrap().0, MediaType::Docx);
    let read = extract(&docx, "wrong.txt").unwrap();
    assert_eq!((read.source.name.as_str(), read.source.words), ("wrong.txt", 2));
    assert!(read.source.media_type.ends_with("wordprocessingml.document"));
}

#[test]
fn other_types_are_named_and_told_what_to_do() {
    let files = [
        (office("xl"), "a spreadsheet"),
        (office("ppt"), "a presentation"),
        (zipped(&[("notes.txt".to_owned(), b"words".to_vec())]), "a zip of other files"),
        (b"\x89PNG\r\n\x1a\n....".to_vec(), "a picture (PNG)"),
        (b"\xff\xd8\xff\xe0....".to_vec(), "a picture (JPEG)"),
        (ole("Workbook"), "an old spreadsheet"),
    ];
    for (bytes, what) in files {
        let sentence = refusal(&bytes).to_string();
        assert!(sentence.contains(what) && sentence.contains("save the text as .docx or plain text"), "{sentence}");
    }
}

#[test]
fn old_and_protected_word_files_are_told_apart() {
    assert_eq!(refusal(&ole("WordDocument")), Refusal::OldWord);
    assert_eq!(refusal(&ole("EncryptedPackage")), Refusal::PasswordProtected);
}

#[test]
fn files_without_words_are_refused() {
    assert_eq!(refusal(b""), Refusal::Empty);
    for bytes in [&b"  \n\t\n"[..], b"12345 67890 -- 11", b"x q z 1 2 3 4 5"] {
        assert_eq!(refusal(bytes), Refusal::NoWords, "{}", String::from_utf8_lossy(bytes));
    }
    let plain = "The caretaker opens the hall in the morning and locks it in the evening. The post is for a person of good sense to work with the team and be on call for the whole of the week.";
    let shifted: String = plain.chars().map(|c| if c.is_alphabetic() { char::from(c as u8 + 3) } else { c }).collect();
    assert!(read_blocks(plain.as_bytes()).is_ok());
    assert_eq!(refusal(shifted.as_bytes()), Refusal::ShiftedCodes);
    assert_eq!(refusal(&Docx::new("<w:p/>").bytes()), Refusal::NoWords);
    assert_eq!(refusal(b"\x00\x01\x02\x03binary\x00"), Refusal::UnknownType);
}

#[test]
fn every_sentence_ends_with_a_full_stop_and_says_one_thing() {
    for refusal in [
        Refusal::Empty,
        Refusal::NoWords,
        Refusal::OldWord,
        Refusal::TooDeep,
        Refusal::too_large(),
        Refusal::TookTooLong,
    ] {
        let sentence = refusal.to_string();
        assert!(sentence.ends_with('.') && !sentence.contains('\n'), "{sentence}");
    }
}

#[test]
fn types_are_found_from_the_bytes() {
    let odt = zipped(&[("mimetype".to_owned(), b"application/vnd.oasis.opendocument.text".to_vec())]);
    let files = [
        (odt, MediaType::Odt),
        (b"{\\rtf1\\ansi words}".to_vec(), MediaType::Rtf),
        (b"junk %PDF-1.7 words".to_vec(), MediaType::Pdf),
        (b"\xef\xbb\xbf <!DOCTYPE html><p>words".to_vec(), MediaType::Html),
        (b"<p class=x>pasted words</p>".to_vec(), MediaType::Html),
        (b"Version:0.9\r\nStartHTML:00000097\r\n<html><body>words".to_vec(), MediaType::Html),
        (b"# Words".to_vec(), MediaType::Markdown),
        (b"<20 hours a week".to_vec(), MediaType::PlainText),
    ];
    for (bytes, kind) in files {
        assert_eq!(super::super::sniff::sniff(&bytes).unwrap(), kind, "{}", String::from_utf8_lossy(&bytes));
    }
}
