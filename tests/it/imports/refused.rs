//! Files that can't be read: one sentence each, while everybody else goes on working.

use std::io::Write;
use std::time::Duration;

use super::{LIBRARY, library, upload};
use crate::support::site::Site;

/// A Word file whose one part unpacks to far more than is read.
fn zip_bomb() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let packed = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("[Content_Types].xml", packed).unwrap();
    zip.write_all(b"<Types/>").unwrap();
    zip.start_file("word/document.xml", packed).unwrap();
    for _ in 0..48 {
        zip.write_all(&vec![b' '; 1024 * 1024]).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The container in which Word keeps a document with a password.
fn encrypted() -> Vec<u8> {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.extend(vec![0; 504]);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

async fn is_live(site: &Site) {
    let mut browser = site.browser();
    let page = tokio::time::timeout(Duration::from_secs(2), browser.get("/health/live")).await.unwrap();
    assert_eq!(page.status, 200);
}

#[tokio::test]
async fn each_bad_file_gets_its_sentence() {
    let (site, world) = library().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    let mut large = vec![b'a'; 60 * 1000 * 1000];
    large[..4].copy_from_slice(b"PK\x03\x04");
    let twenty_one = vec![b'a'; 21 * 1024 * 1024];
    let bad: [(&str, Vec<u8>, &str); 9] = [
        ("renamed.docx", png, "The file is a picture (PNG)"),
        ("empty.docx", Vec::new(), "The file is empty"),
        ("secret.docx", encrypted(), "The file is protected with a password"),
        ("bomb.docx", zip_bomb(), "The file unpacks to more than is safe to read"),
        ("large.docx", large, "The file is larger than 20 MB"),
        ("medium.txt", twenty_one, "The file is larger than 20 MB"),
        ("scan.pdf", b"%PDF-1.7\n".to_vec(), "The file is damaged"),
        ("cut.docx", b"PK\x03\x04 and no more".to_vec(), "The file is damaged"),
        ("dots.txt", b". . . -- ***".to_vec(), "The file has no words that can be read"),
    ];
    for (name, bytes, sentence) in bad {
        let page = upload(&mut browser, &world.trust, name, &bytes).await;
        let problems = page.problems();
        assert_eq!((page.status, problems.len()), (422, 1), "{name}: {problems:?}");
        assert!(problems[0].starts_with(sentence), "{name}: {problems:?}");
        assert!(page.has_button("Read the document"), "the same page again");
        is_live(&site).await;
    }
    let kept: i64 = sqlx::query_scalar("select count(*) from document").fetch_one(&site.db).await.unwrap();
    assert_eq!(kept, 0, "nothing of them is kept");
}

#[tokio::test]
async fn a_form_without_a_file_says_what_to_do() {
    let (site, world) = library().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let path = world.trust.path("import");
    let page = browser.upload(&path, &[], &[]).await;
    assert_eq!((page.status, page.problems()), (422, vec!["Choose the document to import".to_owned()]));
    let page = browser.post(&path, &[("document", "text")]).await;
    assert_eq!(page.status, 400);
}

#[tokio::test]
async fn many_uploads_at_once_hold_up_nobody() {
    let (site, world) = library().await;
    let browser = site.signed_in(&world.trust.first.team.author).await;
    let bomb = zip_bomb();
    let uploads = (0..6).map(|number| {
        let (mut browser, employer) = (browser.clone(), world.trust.clone());
        let bytes = if number % 2 == 0 { bomb.clone() } else { LIBRARY.as_bytes().to_vec() };
        tokio::spawn(async move { upload(&mut browser, &employer, "x.docx", &bytes).await.status })
    });
    let uploads: Vec<_> = uploads.collect();
    for _ in 0..5 {
        is_live(&site).await;
    }
    let mut statuses = Vec::new();
    for upload in uploads {
        statuses.push(upload.await.unwrap());
    }
    assert_eq!(statuses, [422, 303, 422, 303, 422, 303]);
}
