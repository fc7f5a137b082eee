//! What is asked, by `wrk`, and what came of it.

use std::fmt;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use super::millis;

/// One run of `wrk`.
pub struct Load {
    pub name: &'static str,
    pub paths: PathBuf,
    /// The first path far oftener than the last.
    pub zipf: bool,
    pub connections: u32,
    pub seconds: u64,
}

/// What a run measured.
pub struct Measured {
    pub requests: f64,
    pub took: Duration,
    pub p50: Duration,
    pub p99: Duration,
    connections: u32,
}

impl Load {
    /// Browsers take squeezed bodies.
    pub fn run(&self, address: &str, squeezed: bool) -> Measured {
        self.once(address, squeezed, 1);
        self.once(address, squeezed, self.seconds)
    }

    fn once(&self, address: &str, squeezed: bool, seconds: u64) -> Measured {
        let mut wrk = Command::new("wrk");
        let threads = self.connections.min(2).to_string();
        wrk.args([
            "-t",
            &threads,
            "-c",
            &self.connections.to_string(),
            "-d",
            &format!("{seconds}s"),
            "--timeout",
            "20s",
        ]);
        wrk.args(["-s", concat!(env!("CARGO_MANIFEST_DIR"), "/benches/wrk.lua")]);
        if squeezed {
            wrk.args(["-H", "Accept-Encoding: gzip"]);
        }
        wrk.arg(format!("http://{address}")).env("PATHS", &self.paths);
        if self.zipf {
            wrk.env("ZIPF", "1");
        }
        let said = String::from_utf8(wrk.output().unwrap().stdout).unwrap();
        let line = said.lines().find_map(|line| line.strip_prefix("RESULT ")).unwrap_or_else(|| panic!("{said}"));
        let numbers: Vec<u64> = line.split(' ').map(|number| number.parse().unwrap()).collect();
        let [requests, took, p50, p99, errors] = numbers[..] else { panic!("{line}") };
        assert_eq!(errors, 0, "{} had errors: {said}", self.name);
        let micros = Duration::from_micros;
        let (took, p50, p99) = (micros(took), micros(p50), micros(p99));
        Measured { requests: requests as f64, took, p50, p99, connections: self.connections }
    }
}

impl Measured {
    /// What one request costs, in milliseconds: the time of the run shared among all.
    pub fn each(&self) -> f64 {
        millis(self.took) / self.requests
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rate = self.requests / self.took.as_secs_f64();
        let (p50, p99) = (millis(self.p50), millis(self.p99));
        write!(f, "{rate:.0} a second, p50 {p50:.1} ms, p99 {p99:.1} ms at {} connections", self.connections)
    }
}

pub fn is_there(program: &str) -> bool {
    Command::new("sh").args(["-c", &format!("command -v {program}")]).output().is_ok_and(|ran| ran.status.success())
}

/// A file of paths, a line each.
pub fn paths_file(name: &str, paths: impl Iterator<Item = String>) -> PathBuf {
    let file = std::env::temp_dir().join(format!("rolebook-bench-{}-{name}.txt", std::process::id()));
    std::fs::write(&file, paths.collect::<Vec<_>>().join("\n") + "\n").unwrap();
    file
}

/// Words of a few adverts in a thousand, at some place or none.
pub fn rare() -> Vec<String> {
    let words = [
        "falconry",
        "esperanto",
        "taxidermy",
        "numismatics",
        "canoeing",
        "upholstery",
        "bookbinding",
        "tigrinya",
        "lymphoedema",
        "legionella",
        "hydrology",
        "genealogy",
        "thermography",
        "kestrel+works",
        "heron+mill",
        "saffron+lodge",
        "otter+yard",
        "tansy+court",
        "antimicrobial",
        "mammography",
        "archivist+maritime",
        "perinatal+falconry",
    ];
    let places = ["", "", "&place=Leeds", "&place=LS9&within=20", "&place=Croydon&within=30", "&place=York"];
    both(&words, &places)
}

/// Words of very many adverts.
const COMMON: [&str; 9] = ["nurse", "team", "assistant", "support", "officer", "manager", "leave", "care+worker", ""];

pub fn common() -> Vec<String> {
    both(&COMMON, &[""])
}

/// The same at some place or with filters: what they find grows with the adverts until it is more than is counted.
pub fn narrowed() -> Vec<String> {
    let places = [
        "&place=Croydon&within=20",
        "&place=Birmingham&within=10",
        "&salary=30000&sort=salary",
        "&contract=permanent&sort=closing",
        "&flexible=job_share",
        "&place=Manchester&within=20&sort=distance",
        "&pattern=part_time&grade=Band+5",
    ];
    both(&COMMON, &places)
}

/// Seven rare for three common ones.
pub fn mix() -> Vec<String> {
    let (rare, common) = (rare(), [common(), narrowed()].concat());
    (0..1_000)
        .map(|n| if n % 10 < 7 { rare[n * 7 % rare.len()].clone() } else { common[n * 11 % common.len()].clone() })
        .collect()
}

/// What robots and cats type: long, of no alphabet of ours, full of marks, of the commonest words.
pub fn odd() -> Vec<String> {
    let texts = [
        "nurse ".repeat(3_000),
        "a".repeat(20_000),
        "xqzjkvw ".repeat(40),
        "the of and to in is".to_owned(),
        "-nurse -team".to_owned(),
        "\"".repeat(999),
        "'; drop table advert; --".to_owned(),
        "медсестра 看護師 ممرضة".repeat(30),
        "nusre tema asistant porterr managr offcer phramacist librarain".to_owned(),
        "team or leave or service or people or work or help or care".to_owned(),
        "%_\\&|!():*<>".repeat(20),
    ];
    let hex = |text: &String| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    texts.iter().flat_map(|text| ["words", "place"].map(|field| format!("/jobs?{field}={}", hex(text)))).collect()
}

fn both(words: &[&str], places: &[&str]) -> Vec<String> {
    let join = |word: &&str| places.iter().map(move |place| format!("/jobs?words={word}{place}")).collect::<Vec<_>>();
    words.iter().flat_map(join).collect()
}
