//! A measured budget, and all of them as a table and as a file.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::json;

/// Ours against a limit: it holds where `ours / limit` is at most `bar`.
pub struct Row {
    pub name: String,
    pub unit: &'static str,
    pub ours: f64,
    pub limit: f64,
    pub limit_name: String,
    pub bar: f64,
}

impl Row {
    /// A time in milliseconds against the most that it may take.
    pub fn time(name: &str, taken: Duration, most: f64) -> Self {
        let limit_name = "the budget".to_owned();
        Row { name: name.to_owned(), unit: "ms", ours: taken.as_secs_f64() * 1000.0, limit: most, limit_name, bar: 1.0 }
    }

    /// A number against the most that it may be.
    pub fn most(name: &str, unit: &'static str, ours: f64, most: f64) -> Self {
        Row { name: name.to_owned(), unit, ours, limit: most, limit_name: "the budget".to_owned(), bar: 1.0 }
    }

    /// The milliseconds that one takes against those of a limit measured in the same run.
    pub fn against(name: &str, ours: f64, limit: f64, limit_name: &str, bar: f64) -> Self {
        Row { name: name.to_owned(), unit: "ms", ours, limit, limit_name: limit_name.to_owned(), bar }
    }

    fn ratio(&self) -> f64 {
        self.ours / self.limit
    }

    pub fn holds(&self) -> bool {
        self.ratio() <= self.bar
    }
}

/// The middle of so many runs, the first few apart: they warm caches and plans.
pub fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// How long one run takes, in the middle of many.
pub fn timed<T>(runs: usize, mut run: impl FnMut() -> T) -> Duration {
    let times = (0..runs + 5).map(|_| {
        let begin = Instant::now();
        std::hint::black_box(run());
        begin.elapsed()
    });
    middle(times.skip(5).collect())
}

pub fn print(rows: &[Row]) {
    let heads = ["what", "ours", "limit", "", "ratio", "bar", "holds"].map(str::to_owned).to_vec();
    let cells = rows.iter().map(|row| {
        vec![
            row.name.clone(),
            format!("{:.2} {}", row.ours, row.unit),
            format!("{:.2} {}", row.limit, row.unit),
            row.limit_name.clone(),
            format!("{:.2}", row.ratio()),
            format!("<= {:.2}", row.bar),
            if row.holds() { "yes" } else { "NO" }.to_owned(),
        ]
    });
    let table: Vec<Vec<String>> = std::iter::once(heads).chain(cells).collect();
    print!("{}", crate::support::golden::table(&table));
}

/// Into the target folder in use: three above the program.
pub fn write(rows: &[Row]) {
    let program = std::env::current_exe().unwrap();
    let folder: PathBuf = program.ancestors().nth(3).unwrap().to_owned();
    let list: Vec<_> = rows
        .iter()
        .map(|row| {
            json!({
                "name": row.name, "unit": row.unit, "ours": row.ours, "limit": row.limit, "limit_name": row.limit_name,
                "ratio": row.ratio(), "bar": row.bar, "holds": row.holds(),
            })
        })
        .collect();
    std::fs::write(folder.join("bench.json"), serde_json::to_string_pretty(&list).unwrap() + "\n").unwrap();
}
