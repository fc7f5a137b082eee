//! The walls of the house, where the compiler does not see them: who may name what, and how large a room grows.

use std::path::Path;

use regex::Regex;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A text file of the project.
struct Source {
    /// From the project's root: `src/web/gate.rs`.
    path: String,
    text: String,
}

impl Source {
    /// Its lines of code with their numbers: comments don't count.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(n, line)| (n + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    fn is_in(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }
}

/// What is made or brought, not written.
const NOT_OURS: [&str; 8] =
    ["static/vendor", "tests/golden", "tests/browser/node_modules", "node_modules", "target", "data", ".git", ".sqlx"];

/// Every file below the folder that ends so.
fn sources(folder: &str, ends: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            let name = relative(&path);
            if NOT_OURS.iter().any(|not_ours| name == *not_ours) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if ends.is_empty() || ends.iter().any(|end| name.ends_with(end)) {
                // What is no text has no lines.
                if let Ok(text) = std::fs::read_to_string(&path) {
                    found.push(Source { path: name, text });
                }
            }
        }
    }
    assert!(!found.is_empty(), "nothing to look at in {folder}");
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

/// Every line of code in which the pattern is found.
fn lines_with(sources: &[Source], pattern: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).unwrap();
    let hits = sources.iter().flat_map(|source| {
        let hit = source.code().filter(|(_, line)| pattern.is_match(line));
        hit.map(|(number, line)| format!("{}:{number}: {}", source.path, line.trim())).collect::<Vec<_>>()
    });
    hits.collect()
}

#[track_caller]
fn none(found: Vec<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn the_domain_knows_no_framework() {
    let pure = sources("src/domain", &[".rs"]);
    none(lines_with(&pure, r"\b(axum|sqlx|askama|tokio)\b"), "src/domain is pure");
    none(
        lines_with(&pure, r"crate::(app|cli|clock|config|db|demo|error|jobs|mail|pages|policy|views|web)\b"),
        "src/domain looks at nothing above it",
    );
    none(lines_with(&sources("src/policy", &[".rs"]), r"\b(axum|sqlx|askama|tokio)\b"), "src/policy is pure");
}

#[test]
fn the_web_knows_no_database() {
    none(lines_with(&sources("src/web", &[".rs"]), r"\bsqlx\b"), "src/web asks src/db");
    let outside: Vec<Source> = sources("src", &[".rs"]).into_iter().filter(|source| !source.is_in("src/db")).collect();
    none(lines_with(&outside, r"\bsqlx::(query|raw_sql|migrate)"), "SQL lives in src/db");
    none(lines_with(&outside, r#"(?i)"\s*(select|insert into|update|delete from) [a-z_]+ "#), "SQL lives in src/db");
}

#[test]
fn only_one_file_reads_the_time_of_london() {
    let others =
        sources("src", &[".rs"]).into_iter().filter(|source| source.path != "src/domain/london.rs").collect::<Vec<_>>();
    none(lines_with(&others, r"\bjiff::"), "London time is known to src/domain/london.rs alone");
}

#[test]
fn addresses_are_made_in_one_place() {
    let others: Vec<Source> =
        sources("src/web", &[".rs"]).into_iter().filter(|source| !source.path.starts_with("src/web/paths")).collect();
    none(lines_with(&others, r#"format!\("/(staff|jobs|employers|account|sign)"#), "src/web/paths.rs makes addresses");
}

#[test]
fn every_file_has_room_in_a_head() {
    let mut long = Vec::new();
    for (folder, ends, most) in [
        ("src", &[".rs"][..], 400),
        ("static", &[".css", ".js"], 400),
        ("tests", &[".rs", ".js", ".mjs", ".ts"], 400),
        ("templates", &[".html"], 120),
    ] {
        let sources = sources(folder, ends);
        let outgrown = sources.iter().map(|source| (source, source.text.lines().count())).filter(|(_, n)| *n > most);
        long.extend(outgrown.map(|(source, lines)| format!("{} has {lines} lines: {most} are the most", source.path)));
    }
    none(long, "split what outgrew its room");
}

#[test]
fn every_file_says_what_lives_in_it() {
    let silent = sources("src", &[".rs"]).into_iter().chain(sources("tests/it", &[".rs"]));
    let silent = silent.filter(|source| !source.text.starts_with("//!")).map(|source| source.path);
    none(silent.collect(), "a file begins with //! and what lives there");
}

/// An arm that catches the rest hides a variant that is added later. Over strings and numbers there is no other way:
/// those matches are over words from outside, which `domain` and `policy` don't read.
#[test]
fn every_variant_is_matched_by_name() {
    let pure: Vec<Source> =
        [sources("src/domain", &[".rs"]), sources("src/policy", &[".rs"])].into_iter().flatten().collect();
    none(lines_with(&pure, r"^\s*(_|\((_, )+_\)) (if .*)?=>"), "name every variant");
}

#[test]
fn what_the_readme_names_is_there() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("there is a README");
    let span = Regex::new(r"`([^`\n]+)`").unwrap();
    let folders = ["src", "templates", "tests", "migrations", "static", "reference", "scripts", ".ci"];
    let names = span.captures_iter(&readme).map(|found| found[1].to_owned());
    let is_path = |name: &String| {
        let first = name.split('/').next().unwrap_or_default();
        !name.contains(' ')
            && (folders.contains(&first)
                || (!name.contains('/')
                    && Path::new(name)
                        .extension()
                        .is_some_and(|end| ["rs", "md", "toml", "example"].iter().any(|one| end == *one))))
    };
    let missing: Vec<String> = names.filter(is_path).filter(|name| !root().join(name).exists()).collect();
    none(missing, "README.md names what is not there");

    let routes = rolebook::web::routes::routes();
    let pages: Vec<&str> = routes.rows().iter().map(|row| row.path).collect();
    let named = span.captures_iter(&readme).map(|found| found[1].to_owned()).filter(|name| name.starts_with('/'));
    let machine = |name: &String| name.starts_with("/var/lib/");
    let unknown: Vec<String> = named.filter(|name| !machine(name) && !pages.contains(&name.as_str())).collect();
    none(unknown, "README.md names pages that are not there");
}

/// sqlx guesses from a plan which columns an outer join leaves empty, and can guess wrong.
#[test]
fn columns_of_outer_joins_say_so() {
    let query = Regex::new(r##"(?s)sqlx::query\w*!\(\s*(?:\w+,\s*)?(?:r#"(.*?)"#|"((?:[^"\\]|\\.)*)")"##).unwrap();
    let joined = Regex::new(r"(?is)left join (?:lateral \(.*?\)|\w+)\s+(?:as )?(\w+)\s+on").unwrap();
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for source in sources("src/db", &[".rs"]) {
        for found in query.captures_iter(&source.text) {
            let sql = found.get(1).or(found.get(2)).unwrap().as_str();
            let aliases: Vec<&str> = joined.captures_iter(sql).map(|alias| alias.get(1).unwrap().as_str()).collect();
            if aliases.is_empty() {
                continue;
            }
            looked_at += 1;
            let bare = selected(sql).into_iter().filter(|column| {
                let of_join = aliases.iter().any(|alias| column.starts_with(&format!("{alias}.")));
                of_join && !column.contains("?\"") && !column.contains("!\"")
            });
            wrong.extend(bare.map(|column| format!("{}: {column}", source.path)));
        }
    }
    assert!(looked_at > 3, "no outer joins were found: is the pattern right?");
    none(wrong, "write as \"name?\" on columns of outer joins");
}

/// What stands between the last `select` of the outermost level and its `from`, column by column.
fn selected(sql: &str) -> Vec<String> {
    let (mut depth, mut start, mut columns, mut now) = (0, false, Vec::new(), String::new());
    for word in sql.split_inclusive(|c: char| c.is_whitespace() || "(),".contains(c)) {
        let bare = word.trim().trim_end_matches(['(', ')', ',']).to_lowercase();
        if depth == 0 && bare == "select" {
            (start, columns, now) = (true, Vec::new(), String::new());
            continue;
        }
        if depth == 0 && bare == "from" && start {
            columns.push(std::mem::take(&mut now));
            start = false;
        }
        depth += word.matches('(').count() as i32 - word.matches(')').count() as i32;
        if start && depth == 0 && word.ends_with(',') {
            columns.push(std::mem::take(&mut now) + word.trim_end_matches(','));
        } else if start {
            now.push_str(word);
        }
    }
    columns.iter().map(|column| column.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Written in pieces, so that this file does not name what it looks for.
#[test]
fn nothing_names_a_machine_or_a_registry() {
    let forbidden = [
        concat!(r#"(^|["'\s=(`])/(wo"#, "rk|ro", "ot)/"),
        concat!("/tm", "p/wt"),
        concat!("crates", r"\.io/api"),
        concat!("index", r"\.crates\.io"),
        concat!("registry", r"\.npmjs"),
        concat!("files", r"\.pythonhosted"),
        concat!("pypi", r"\.org"),
    ];
    let everything: Vec<Source> = sources("", &[]).into_iter().filter(|source| source.path != "Cargo.lock").collect();
    let pattern = Regex::new(&forbidden.join("|")).unwrap();
    let hits = everything.iter().flat_map(|source| {
        let lines = source.text.lines().enumerate().filter(|(_, line)| pattern.is_match(line));
        lines.map(|(n, line)| format!("{}:{}: {}", source.path, n + 1, line.trim())).collect::<Vec<_>>()
    });
    none(hits.collect(), "a path of one machine, or the host of a registry");
}
