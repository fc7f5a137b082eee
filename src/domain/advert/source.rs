//! Where the readers of an advert came from: the kind of place, never the person.

use crate::domain::worded::worded;

worded! {
    Source {
        SearchHere = "search_here", "The search on this site";
        OwnPages = "own_pages", "Other pages of this site";
        SearchEngine = "search_engine", "Search engines";
        Social = "social", "Social networks";
        OtherSite = "other_site", "Other websites";
        Direct = "direct", "A link or bookmark";
    }
}

const SEARCH_ENGINES: [&str; 9] =
    ["google", "bing", "duckduckgo", "yahoo", "ecosia", "qwant", "yandex", "baidu", "startpage"];
const SOCIAL: [&str; 9] =
    ["facebook", "linkedin", "twitter", "x.com", "t.co", "instagram", "reddit", "whatsapp", "mastodon"];
/// Programs that read pages for others, by a word in what they call themselves.
const PROGRAMS: [&str; 8] = ["bot", "crawl", "spider", "slurp", "preview", "curl", "wget", "monitor"];

impl Source {
    /// `own` is this site's address, such as `https://jobs.example`.
    pub fn of(referer: Option<&str>, own: &str) -> Self {
        let Some(referer) = referer.filter(|referer| !referer.is_empty()) else { return Source::Direct };
        if let Some(path) = referer.strip_prefix(own).filter(|path| path.is_empty() || path.starts_with('/')) {
            let search = path == "/jobs" || path.starts_with("/jobs?") || path.starts_with("/jobs/in/");
            return if search { Source::SearchHere } else { Source::OwnPages };
        }
        let host = referer.split("://").nth(1).and_then(|rest| rest.split(['/', ':', '?']).next()).unwrap_or_default();
        let host = host.to_lowercase();
        // A name stands between dots, or is the whole host: "bing" is not in "plumbing.example".
        let named = |name: &&str| match name.contains('.') {
            true => host == **name || host.ends_with(&format!(".{name}")),
            false => host.split('.').any(|part| part == *name),
        };
        match (SEARCH_ENGINES.iter().any(named), SOCIAL.iter().any(named)) {
            (true, _) => Source::SearchEngine,
            (false, true) => Source::Social,
            (false, false) => Source::OtherSite,
        }
    }
}

/// Whether what calls itself so is a program rather than a reader's browser.
pub fn is_program(agent: &str) -> bool {
    let agent = agent.to_lowercase();
    agent.is_empty() || PROGRAMS.iter().any(|word| agent.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_place_is_told_from_the_address() {
        for (referer, source) in [
            (None, Source::Direct),
            (Some("https://jobs.example/jobs?words=nurse"), Source::SearchHere),
            (Some("https://jobs.example/employers/x"), Source::OwnPages),
            (Some("https://jobs.example.elsewhere.org/jobs"), Source::OtherSite),
            (Some("https://www.google.co.uk/"), Source::SearchEngine),
            (Some("https://plumbing.example/bing"), Source::OtherSite),
            (Some("https://t.co/abc"), Source::Social),
            (Some("https://uk.linkedin.com/jobs"), Source::Social),
            (Some("nonsense"), Source::OtherSite),
        ] {
            assert_eq!(Source::of(referer, "https://jobs.example"), source, "{referer:?}");
        }
        assert!(is_program("Googlebot/2.1") && !is_program("Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0"));
    }
}
