//! The organisation chart of a post: from whom it reports to and whom it leads, as boxes and as a sentence.
//!
//! Drawn as a tree from top to bottom and not side by side, so that it is as legible on a phone as on paper.

use serde::{Deserialize, Serialize};

use super::details::Details;

/// Boxes below the post; more are counted.
const MOST: usize = 12;
/// Posts in the line above it.
const HIGHEST: usize = 5;
/// Letters in a line of a box, and lines in it.
const WIDE: usize = 27;
const HIGH: usize = 3;
/// In the drawing's own units, which are pixels on screen: a line of words, the room around them, what is between two
/// boxes, how far each level stands in, and the width of a box.
const LINE: usize = 20;
const PADDING: usize = 10;
const GAP: usize = 12;
const INDENT: usize = 24;
const WIDTH: usize = 240;
/// A phone of 320 px leaves so much: with many levels each stands in less far.
const WIDEST: usize = 286;

/// What the reporting lines of other posts in force add to those that a version names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Neighbours {
    /// From the post that this one reports to, upwards; the first is as this version calls it.
    pub above: Vec<String>,
    /// Posts that report to this one.
    pub below: Vec<String>,
}

/// The posts around one post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chart {
    /// From the highest down to those that the post reports to.
    above: Vec<String>,
    /// Whether it reports to all of them rather than to the last alone.
    side_by_side: bool,
    post: String,
    below: Vec<String>,
}

/// A box of the drawing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    pub level: usize,
    pub x: usize,
    pub y: usize,
    pub width: usize,
    pub height: usize,
    /// The line from the box above, as SVG draws it; empty for the first ones.
    pub line: String,
    /// A line of words and where its foot is.
    pub words: Vec<(usize, String)>,
    /// The post itself.
    pub is_post: bool,
}

impl Chart {
    /// None where nobody is known above or below.
    pub fn of(details: &Details, around: &Neighbours) -> Option<Chart> {
        let (direct, mut below) = (posts(&details.reports_to), posts(&details.responsible_for));
        let side_by_side = direct.len() > 1;
        let mut above: Vec<String> = match side_by_side {
            true => direct,
            false => direct.into_iter().chain(around.above.iter().skip(1).cloned()).take(HIGHEST).collect(),
        };
        if !side_by_side {
            above.reverse();
        }
        for one in &around.below {
            if !below.iter().any(|known| said_in(known, one)) {
                below.push(one.clone());
            }
        }
        if above.is_empty() && below.is_empty() {
            return None;
        }
        let post = if details.title.is_empty() { "This post".to_owned() } else { details.title.clone() };
        Some(Chart { above, side_by_side, post, below })
    }

    /// Each post with how deep it stands and whether it is the post itself, from the top.
    pub fn posts(&self) -> Vec<(usize, String, bool)> {
        let own = if self.side_by_side { 1 } else { self.above.len() };
        let above =
            self.above.iter().enumerate().map(|(n, one)| (if self.side_by_side { 0 } else { n }, one.clone(), false));
        let more = self.below.len().saturating_sub(MOST);
        let rest = (more > 0).then(|| format!("and {more} more"));
        let below = self.below.iter().take(MOST).cloned().chain(rest).map(|one| (own + 1, one, false));
        above.chain(std::iter::once((own, self.post.clone(), true))).chain(below).collect()
    }

    /// The same for ears and for files: `Ward clerk reports to Team leader, and that post to Matron.`
    pub fn in_words(&self) -> String {
        let mut words = self.post.clone();
        if !self.above.is_empty() {
            let up: Vec<&str> = match self.side_by_side {
                true => self.above.iter().map(String::as_str).collect(),
                false => self.above.iter().rev().map(String::as_str).collect(),
            };
            let then = if self.side_by_side { " and to " } else { ", who reports to " };
            words.push_str(&format!(" reports to {}", up.join(then)));
        }
        if !self.below.is_empty() {
            let (who, and) = match self.above.is_empty() {
                true => (String::new(), ""),
                false => (format!(" {}", self.post), "."),
            };
            words.push_str(&format!("{and}{who} leads {}", self.below.join("; ")));
        }
        words.push('.');
        words
    }

    /// Every box, from the top.
    pub fn places(&self) -> Vec<Place> {
        let (mut y, mut foot, mut places) = (0, Vec::new(), Vec::new());
        let posts = self.posts();
        let deepest = posts.iter().map(|post| post.0).max().unwrap_or(0).max(1);
        let step = INDENT.min((WIDEST - WIDTH) / deepest);
        for (level, text, is_post) in posts {
            let lines = wrapped(&text);
            let height = lines.len() * LINE + 2 * PADDING;
            let x = level * step;
            // Down from the last box one level up, and across to the middle of this one.
            let line = match level.checked_sub(1).and_then(|up| foot.get(up).copied()) {
                Some(from) => format!("M{} {from} V{} H{x}", x - step / 2, y + height / 2),
                None => String::new(),
            };
            let words =
                lines.into_iter().enumerate().map(|(n, line)| (y + PADDING + LINE * (n + 1) - 5, line)).collect();
            places.push(Place { level, x, y, width: WIDTH, height, line, words, is_post });
            foot.truncate(level);
            foot.push(y + height);
            y += height + GAP;
        }
        places
    }

    /// How wide and how high the drawing is.
    pub fn size(&self) -> (usize, usize) {
        let places = self.places();
        let width = places.iter().map(|place| place.x + place.width).max().unwrap_or(0);
        let height = places.iter().map(|place| place.y + place.height).max().unwrap_or(0);
        (width + 2, height + 2)
    }
}

/// A post a line; a list within a line is parted by semicolons. `No staff` is no post.
fn posts(text: &str) -> Vec<String> {
    let lines = text.split(['\n', ';']).map(|line| line.trim().trim_start_matches(['-', '•', '*']).trim());
    lines
        .map(|line| line.trim_end_matches('.'))
        .filter(|line| !line.is_empty() && !is_nobody(line))
        .map(str::to_owned)
        .collect()
}

/// `None`, and whole sentences: "The post has no staff", "This post does not supervise anybody".
fn is_nobody(line: &str) -> bool {
    let line = line.to_lowercase();
    let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '/').filter(|word| !word.is_empty());
    let says = |word: &str| ["no", "none", "nobody", "nil", "n/a"].contains(&word);
    let first = words.next().unwrap_or_default();
    let holds = |list: &[&str]| list.iter().any(|words| line.contains(words));
    // "Two porters (the post does not train them)" are posts.
    let denies = holds(&["does not", "is not", "do not", "are not"])
        && holds(&["staff", "supervis", "manag", "lead", "report", "anybody", "anyone"]);
    says(first) || first == "not" || denies || words.take(5).any(says)
}

fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < WIDE => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.chars().take(WIDE).collect()),
        }
    }
    if lines.len() > HIGH {
        lines.truncate(HIGH);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

/// Whether a line such as `2 ward clerks` names that post.
fn said_in(line: &str, post: &str) -> bool {
    line.to_lowercase().contains(&post.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(reports_to: &str, responsible_for: &str, around: &Neighbours) -> Option<Chart> {
        let (reports_to, responsible_for) = (reports_to.to_owned(), responsible_for.to_owned());
        let details = Details { title: "Ward clerk".into(), reports_to, responsible_for, ..Details::default() };
        Chart::of(&details, around)
    }

    fn around(above: &[&str], below: &[&str]) -> Neighbours {
        let owned = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect();
        Neighbours { above: owned(above), below: owned(below) }
    }

    #[test]
    fn the_sentence_says_what_the_boxes_show() {
        let whole = chart("Team leader", "Porter\n- Records assistant", &Neighbours::default()).unwrap();
        assert_eq!(whole.in_words(), "Ward clerk reports to Team leader. Ward clerk leads Porter; Records assistant.");
        let places = whole.places();
        let first: Vec<&str> = places.iter().map(|place| place.words[0].1.as_str()).collect();
        assert_eq!(first, ["Team leader", "Ward clerk", "Porter", "Records assistant"]);
        assert!(places[0].line.is_empty() && places[1..].iter().all(|place| !place.line.is_empty()));
        assert_eq!(chart("", "Porter", &Neighbours::default()).unwrap().in_words(), "Ward clerk leads Porter.");
        assert_eq!(chart("", " \n", &Neighbours::default()), None);
        for nobody in [
            "No staff",
            "None.",
            "N/A",
            "No direct reports",
            "Not applicable",
            "nobody",
            "The post has no staff, but helps others",
            "It does not lead anybody",
        ] {
            assert_eq!(chart("", nobody, &Neighbours::default()), None, "{nobody}");
        }
        assert!(chart("", "Nurses, Northern team", &Neighbours::default()).is_some());
        let two = chart("Matron; Registrar", "", &around(&["Matron", "Director"], &[])).unwrap();
        assert_eq!(two.in_words(), "Ward clerk reports to Matron and to Registrar.");
    }

    #[test]
    fn posts_in_force_lengthen_the_line() {
        let around = around(&["Team leader", "Matron", "Director"], &["Porter", "Volunteer"]);
        let whole = chart("Team leader", "2 porters", &around).unwrap();
        assert_eq!(
            whole.in_words(),
            "Ward clerk reports to Team leader, who reports to Matron, who reports to Director. \
             Ward clerk leads 2 porters; Volunteer."
        );
        let levels: Vec<usize> = whole.posts().iter().map(|post| post.0).collect();
        assert_eq!(levels, [0, 1, 2, 3, 4, 4]);
    }

    #[test]
    fn boxes_never_overlap_however_long_the_words_are() {
        let long =
            "Associate director of community and rehabilitation services for the whole of the valley and beyond it";
        let many = (0..30).map(|n| format!("{long} {n}")).collect::<Vec<_>>().join("\n");
        let chart = chart(long, &many, &around(&[long, "A", "B", "C", "D", "E", "F"], &[])).unwrap();
        let places = chart.places();
        assert_eq!(places.len(), HIGHEST + 1 + MOST + 1);
        for pair in places.windows(2) {
            assert!(pair[0].y + pair[0].height < pair[1].y);
        }
        assert!(places.iter().flat_map(|place| &place.words).all(|(_, line)| line.chars().count() <= WIDE + 1));
        let (width, height) = chart.size();
        assert!(width <= WIDEST + 2, "{width}");
        assert!(places.iter().all(|place| place.x + place.width < width && place.y + place.height < height));
    }
}
