//! Documents on their way out: how long a file takes, whether memory stays flat, and whether pages wait for them.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use rolebook::documents::render::Audience;
use rolebook::documents::render::docx::{Reviser, docx};
use rolebook::documents::render::pdf::{Fonts, pdf};
use rolebook::documents::render::sheet::{Block, Edition, Family, Sheet, sheet};
use rolebook::domain::advert::Acronyms;
use rolebook::domain::content::Content;
use rolebook::domain::details::Details;
use rolebook::domain::version::StateName;
use rolebook::web::session::cookie_name;
use time::macros::{date, datetime};
use tower::ServiceExt;

use crate::document::document;
use crate::editing::draft;
use crate::row::{Row, middle};

/// Items and words that make six pages of A4, and a pack's fourteen.
const SIX_PAGES: (usize, usize) = (90, 24);
const A_PACK: (usize, usize) = (180, 24);
/// Files of the memory row, and files that are asked for at once.
const MANY: usize = 1_000;
const AT_ONCE: usize = 100;

fn made(content: &Content) -> Sheet {
    let details = Details { title: "Stores manager".into(), hours: "37.5".into(), ..Details::default() };
    let glossary = Acronyms::default();
    let edition = Edition {
        salary: "",
        given: &rolebook::domain::given::NOTHING,
        employer: "Northmoor NHS Trust",
        reference: "JP-0042",
        number: 3,
        state: StateName::Issued,
        effective: Some(date!(2026 - 04 - 01)),
        grade: "Band 5",
        details: &details,
        content,
        glossary: &glossary,
        printing: rolebook::domain::template::Printing::none(),
        today: date!(2026 - 11 - 22),
    };
    sheet(&edition, Audience::Staff, Family::Own)
}

/// A document whose every text differs from that of the last run: nothing of it has been worked out before.
fn fresh((items, words): (usize, usize), run: usize) -> Sheet {
    let mut content = document(items, words, 1..);
    for item in content.sections.iter_mut().flat_map(|section| &mut section.items) {
        item.text.push_str(&format!(" {run}"));
        for below in &mut item.children {
            below.text.push_str(&format!(" {run}"));
        }
    }
    made(&content)
}

/// Advert, description and specification as one file, as the pack's length goes.
fn pack(run: usize) -> Sheet {
    let mut whole = fresh(A_PACK, run);
    let parts: Vec<usize> = whole
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| matches!(block, Block::Heading { level: 2, .. }))
        .map(|(at, _)| at)
        .collect();
    for at in parts.into_iter().rev() {
        whole.blocks.insert(at, Block::NewPage);
    }
    whole
}

fn fonts() -> Fonts {
    Fonts::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("static"))
}

fn runs(many: usize, mut one: impl FnMut(usize)) -> Duration {
    let times = (0..many + 5).map(|run| {
        let begin = Instant::now();
        one(run);
        begin.elapsed()
    });
    middle(times.skip(5).collect())
}

fn word(sheet: &Sheet) -> Vec<u8> {
    let at = datetime!(2026-11-22 09:30 UTC);
    docx(sheet, &Reviser { name: "Amara Okafor".into(), at }, at).unwrap()
}

pub fn files() -> Vec<Row> {
    let fonts = fonts();
    let sheets: Vec<Sheet> = (0..30).map(|run| fresh(SIX_PAGES, run)).collect();
    let pages = pdf(&sheets[0], &fonts).unwrap().pages;
    assert!((5..=7).contains(&pages), "six pages, or nearly: {pages}");
    let packs: Vec<Sheet> = (0..20).map(pack).collect();
    let six = runs(25, |run| drop(pdf(&sheets[run % sheets.len()], &fonts).unwrap()));
    let same = runs(25, |_| drop(pdf(&sheets[0], &fonts).unwrap()));
    let packed = runs(15, |run| drop(pdf(&packs[run % packs.len()], &fonts).unwrap()));
    let words = runs(40, |run| drop(word(&sheets[run % sheets.len()])));
    let packed_words = runs(20, |run| drop(word(&packs[run % packs.len()])));
    let begin = Instant::now();
    let long = pdf(&fresh((5_000, 12), 0), &fonts).unwrap();
    let long_name = format!("PDF of 5,000 items, {} pages", long.pages);
    let long = begin.elapsed();
    let mut rows = vec![
        Row::time("PDF of six pages", six, 60.0),
        Row::time("PDF of six pages, as just made", same, 60.0),
        Row::time("PDF of a candidate pack", packed, 120.0),
        Row::time("Word file of six pages", words, 10.0),
        Row::time("Word file of a candidate pack", packed_words, 120.0),
        Row::time(&long_name, long, 20_000.0),
    ];
    rows.extend(beside_libreoffice(&sheets[0], six));
    rows
}

/// The same document through the program that most people would use; no row where it is not installed.
fn beside_libreoffice(sheet: &Sheet, ours: Duration) -> Option<Row> {
    let folder = std::env::temp_dir().join(format!("rolebook-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("six.docx"), word(sheet)).unwrap();
    let home = format!("-env:UserInstallation=file://{}", folder.join("home").display());
    let convert = || {
        let begin = Instant::now();
        let mut command = Command::new("soffice");
        command
            .args([&home, "--headless", "--convert-to", "pdf", "--outdir"])
            .arg(&folder)
            .arg(folder.join("six.docx"));
        let done = command.output().is_ok_and(|output| output.status.success());
        (done && folder.join("six.pdf").is_file()).then(|| begin.elapsed())
    };
    // The first start makes its folder.
    let taken = convert().and_then(|_| convert());
    std::fs::remove_dir_all(&folder).unwrap();
    let Some(taken) = taken else {
        eprintln!("LibreOffice is not installed: the row that compares with it is left out.");
        return None;
    };
    let limit_name = "LibreOffice".to_owned();
    let (ours, limit) = (ours.as_secs_f64() * 1_000.0, taken.as_secs_f64() * 1_000.0);
    Some(Row { name: "PDF of six pages beside LibreOffice".into(), unit: "ms", ours, limit, limit_name, bar: 0.1 })
}

/// What the process holds in memory, in megabytes.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1_024.0
}

/// After the hundredth file and after the last.
pub fn memory() -> Row {
    let fonts = fonts();
    let mut early = 0.0;
    for run in 0..MANY {
        drop(pdf(&fresh((20, 12), run), &fonts).unwrap());
        if run == MANY / 10 {
            early = resident();
        }
    }
    let limit_name = "after 100".to_owned();
    Row { name: format!("memory after {MANY} PDFs"), unit: "MB", ours: resident(), limit: early, limit_name, bar: 1.15 }
}

/// A page that people wait for, alone and while a hundred files are asked for.
pub async fn at_once() -> Vec<Row> {
    let (site, author, path) = draft(SIX_PAGES.0, SIX_PAGES.1).await;
    let name = cookie_name(&site.app.config);
    let cookie = format!("{name}={}", author.cookie(name).unwrap());
    let router = site.app.clone().router();
    let ask = |path: String| {
        let request = Request::builder().uri(path).header("host", "rolebook.test").header("cookie", &cookie);
        let (request, router) = (request.body(Body::empty()).unwrap(), router.clone());
        async move {
            let begin = Instant::now();
            let answer = router.oneshot(request).await.unwrap();
            assert_eq!(answer.status(), 200);
            answer.into_body().collect().await.unwrap();
            begin.elapsed()
        }
    };
    let mut idle = Vec::new();
    for _ in 0..200 {
        idle.push(ask(path.clone()).await);
    }
    let files: Vec<_> = (0..AT_ONCE).map(|_| tokio::spawn(ask(format!("{path}/file?as=pdf&with=1")))).collect();
    let (mut busy, mut most) = (Vec::new(), 0.0_f64);
    while files.iter().any(|file| !file.is_finished()) {
        busy.push(tokio::spawn(ask(path.clone())).await.unwrap());
        most = most.max(resident());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    for file in files {
        file.await.unwrap();
    }
    let (idle, busy) = (slowest(idle), slowest(busy));
    let limit_name = "idle".to_owned();
    vec![
        Row {
            name: format!("p99 of a page while {AT_ONCE} PDFs are made"),
            unit: "ms",
            ours: busy,
            limit: idle,
            limit_name,
            bar: 3.0,
        },
        Row {
            name: format!("memory while {AT_ONCE} PDFs are made"),
            unit: "MB",
            ours: most,
            limit: 300.0,
            limit_name: "the budget".to_owned(),
            bar: 1.0,
        },
    ]
}

/// The slowest but one in a hundred, in milliseconds.
fn slowest(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[(times.len() * 99 / 100).min(times.len() - 1)].as_secs_f64() * 1_000.0
}
