//! The walk: every route of the table, by everyone, on a site that is made anew after each act.

use std::sync::Arc;

use rolebook::web::routes::{self, Row};

use super::cast::{ELSEWHERE, Player, cast};
use super::examples::{EXAMPLES, Example, File};
use super::outcome::{Kept, kept, kept_sql, word};
use super::seed::{Facts, seed};
use super::{examples_deciding, examples_texts};
use crate::support::form::Attached;
use crate::support::golden::table;
use crate::support::page::Page;
use crate::support::people::World;
use crate::support::site::Site;

/// Copies of the site that are walked at once.
const WALKERS: usize = 3;

/// What everybody walks: the site as it was seeded, and who walks it.
struct Ground {
    site: Site,
    world: World,
    facts: Facts,
    cast: Vec<Player>,
    kept_sql: String,
}

/// A row to walk.
#[derive(Clone, Copy)]
struct Step {
    row: Row,
    example: &'static Example,
    demonstration: bool,
}

impl Step {
    /// What only a demonstration has, elsewhere.
    fn is_shut_to_all(self) -> bool {
        self.row.path.starts_with("/demonstration/") && !self.demonstration
    }
}

/// The table of routes, with an outcome for each kind of visitor.
pub async fn routes() -> String {
    let steps = steps();
    let ground = Arc::new(ground().await);
    let mut walkers = tokio::task::JoinSet::new();
    for nth in 0..WALKERS {
        let (ground, steps) = (ground.clone(), steps.clone());
        walkers.spawn(async move {
            let mut walker = Walker { ground, site: None };
            let mut found = Vec::new();
            for (number, step) in steps.into_iter().enumerate().filter(|(number, _)| number % WALKERS == nth) {
                found.push((number, walker.walk(step).await));
            }
            found
        });
    }
    let mut found = walkers.join_all().await.concat();
    found.sort();
    let words: Vec<Vec<&str>> = found.into_iter().map(|(_, words)| words).collect();
    let shut = steps.iter().zip(&words).filter(|(step, words)| !step.is_shut_to_all() && !words.contains(&"ok"));
    let shut: Vec<_> = shut.map(|(step, words)| format!("{} {}: {words:?}", step.row.method, step.row.path)).collect();
    assert!(shut.is_empty(), "nobody gets in with the example of: {shut:#?}");
    written(&steps, &words, &ground.cast)
}

/// Every row of the table; what only a demonstration has is walked in one too.
fn steps() -> Vec<Step> {
    let rows = routes::routes().rows().to_vec();
    let stale = examples().filter(|one| !rows.iter().any(|row| fits(row, one))).map(|one| one.path);
    let stale: Vec<_> = stale.collect();
    assert!(stale.is_empty(), "access/examples.rs has examples of routes that are gone: {stale:?}");
    let step = |row: Row, demonstration| Step { row, example: example(&row), demonstration };
    let in_demonstration = |row: &&Row| row.path.starts_with("/demonstration/");
    let ordinary = rows.iter().map(|row| step(*row, false));
    ordinary.chain(rows.iter().filter(in_demonstration).map(|row| step(*row, true))).collect()
}

async fn ground() -> Ground {
    let site = Site::new().await;
    let world = site.world().await;
    let facts = seed(&site, &world).await;
    let cast = cast(&site, &world).await;
    let kept_sql = kept_sql(&site).await;
    site.put_away().await;
    Ground { site, world, facts, cast, kept_sql }
}

fn examples() -> impl Iterator<Item = &'static Example> {
    EXAMPLES.iter().chain(examples_texts::EXAMPLES).chain(examples_deciding::EXAMPLES)
}

#[track_caller]
fn example(row: &Row) -> &'static Example {
    let found: Vec<_> = examples().filter(|example| fits(row, example)).collect();
    match found[..] {
        [example] => example,
        _ => panic!("{} {} has {} examples in access/examples.rs: write one", row.method, row.path, found.len()),
    }
}

fn fits(row: &Row, example: &Example) -> bool {
    (row.method, row.path) == (example.method, example.path)
}

/// One who walks, on a copy of the site of their own.
struct Walker {
    ground: Arc<Ground>,
    /// After an act the next one begins on a new copy.
    site: Option<(Site, Kept)>,
}

impl Walker {
    async fn walk(&mut self, step: Step) -> Vec<&'static str> {
        // What only a demonstration has is not there elsewhere.
        self.site = self.site.take().filter(|(site, _)| site.app.config.demonstration == step.demonstration);
        if self.site.is_none() {
            self.site = Some(self.new_site(step.demonstration).await);
        }
        let mut words = Vec::new();
        for player in self.ground.cast.clone() {
            words.push(self.try_it(step.example, &player).await);
            if player.group == ELSEWHERE {
                self.try_under_own_address(step.example, &player).await;
            }
        }
        words
    }

    async fn try_it(&mut self, example: &Example, player: &Player) -> &'static str {
        let path = self.ground.facts.fill(example.path, example.situation);
        let who = format!("{} {}", player.role, player.group);
        let (page, changed) = self.ask(&path, example, player).await;
        let word = word(&page, who.trim());
        let may_change = word == "ok" && example.method == "POST";
        assert!(may_change || !changed, "{} {path} said “{word}” to {who}, but it changed something", example.method);
        word
    }

    /// Somebody else's numbers below the address of one's own employer lead nowhere.
    async fn try_under_own_address(&mut self, example: &Example, player: &Player) {
        let ground = self.ground.clone();
        let Some(rest) = example.path.strip_prefix("/staff/{employer}/").filter(|rest| rest.contains('{')) else {
            return;
        };
        let path = ground.world.council.path(&ground.facts.fill(rest, example.situation));
        let (page, changed) = self.ask(&path, example, player).await;
        let turned_away = matches!(page.status, 403 | 404);
        assert!(turned_away && !changed, "{path} let in the {} of another employer: {}", player.role, page.status);
    }

    /// The answer, and whether anything was kept of the request beyond the visit.
    async fn ask(&mut self, path: &str, example: &Example, player: &Player) -> (Page, bool) {
        let (site, before) = self.site.take().expect("a site to walk on");
        let mut browser = player.browser(&site);
        let fields = self.ground.facts.fill(example.fields, example.situation);
        let page = match example.method {
            "GET" if fields.is_empty() => browser.get(path).await,
            "GET" => browser.get(&format!("{path}?{fields}")).await,
            _ => {
                let fields: Vec<_> = fields.split('&').filter_map(|pair| pair.split_once('=')).collect();
                match example.file {
                    Some(file) => {
                        let fields: Vec<_> =
                            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
                        browser.upload(path, &fields, &[attached(file)]).await
                    }
                    None => browser.post(path, &fields).await,
                }
            }
        };
        let after = kept(&site, &self.ground.kept_sql).await;
        let changed = before.work != after.work;
        let demonstration = site.app.config.demonstration;
        self.site = match before == after {
            true => Some((site, after)),
            false => {
                drop(site);
                Some(self.new_site(demonstration).await)
            }
        };
        (page, changed)
    }

    async fn new_site(&self, demonstration: bool) -> (Site, Kept) {
        let site = self.ground.site.copy_with(|config| config.demonstration = demonstration).await;
        let kept = kept(&site, &self.ground.kept_sql).await;
        (site, kept)
    }
}

fn attached(file: File) -> Attached {
    Attached { field: file.field.into(), name: file.name.into(), bytes: file.text.into() }
}

/// Addresses are cut at these, and what is below them stands under a heading.
const PREFIXES: [&str; 4] = [
    "/staff/{employer}/profiles/{profile}/versions/{version}",
    "/staff/{employer}/profiles/{profile}",
    "/staff/{employer}",
    "",
];

fn prefix(row: &Row) -> &'static str {
    PREFIXES.into_iter().find(|prefix| row.path.starts_with(prefix)).unwrap_or_default()
}

fn written(steps: &[Step], words: &[Vec<&str>], cast: &[Player]) -> String {
    let group = |n: usize| match n > 0 && cast[n - 1].group == cast[n].group {
        true => String::new(),
        false => cast[n].group.to_owned(),
    };
    let mut lines = vec![
        ["", "", ""].map(str::to_owned).into_iter().chain((0..cast.len()).map(group)).collect(),
        ["", "", "gate"]
            .map(str::to_owned)
            .into_iter()
            .chain(cast.iter().map(|player| player.role.to_owned()))
            .collect(),
    ];
    let mut last = None;
    let mut rows: Vec<_> = steps.iter().zip(words).collect();
    rows.sort_by_key(|(step, _)| prefix(&step.row).len());
    for (Step { row, demonstration, .. }, words) in rows {
        let prefix = prefix(row);
        if last.replace(prefix) != Some(prefix) {
            lines.push(Vec::new());
            lines.push(vec![if prefix.is_empty() { "/" } else { prefix }.to_owned()]);
        }
        let rest = &row.path[prefix.len()..];
        let rest = format!(
            "{}{}",
            if rest.is_empty() { "." } else { rest },
            if *demonstration { " in a demonstration" } else { "" }
        );
        let about = [row.method.to_owned(), rest, row.gate.to_owned()];
        lines.push(about.into_iter().chain(words.iter().map(|word| (*word).to_owned())).collect());
    }
    format!("\n== Routes\n\n{}", table(&lines))
}
