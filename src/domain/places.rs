//! Places on the map of Great Britain: outward codes in what people write, and how far places are apart.

/// The earth's diameter in miles.
const DIAMETER: f64 = 7917.6;

/// A place with its centre, in degrees (WGS84).
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// As people are shown it: `HX7`, `Halifax`.
    pub name: String,
    pub latitude: f64,
    pub longitude: f64,
}

/// Within so many miles of a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    pub latitude: f64,
    pub longitude: f64,
    pub miles: f64,
}

impl Place {
    pub fn within(&self, miles: f64) -> Near {
        Near { latitude: self.latitude, longitude: self.longitude, miles }
    }
}

/// Miles between two places on a round earth.
pub fn miles(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (lat1, lat2) = (from.0.to_radians(), to.0.to_radians());
    let half = |one: f64, other: f64| ((other - one) / 2.0).sin().powi(2);
    let chord = half(lat1, lat2) + lat1.cos() * lat2.cos() * half(from.1.to_radians(), to.1.to_radians());
    DIAMETER * chord.sqrt().min(1.0).asin()
}

/// The outward code of a postcode, whole or not: `ls9 7tf`, `LS97TF` and `LS9` give `LS9`. None where the words are no
/// postcode.
pub fn outward_code(typed: &str) -> Option<String> {
    let joined: String = typed.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    let outward = match split_postcode(typed) {
        Some((outward, _)) => outward,
        None => joined,
    };
    is_outward(&outward).then_some(outward)
}

/// The two halves of a whole postcode, whatever the space between them.
pub fn split_postcode(typed: &str) -> Option<(String, String)> {
    let joined: String = typed.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    if !joined.is_ascii() || !(5..=7).contains(&joined.len()) {
        return None;
    }
    let (outward, inward) = joined.split_at(joined.len() - 3);
    let inward_is = inward.bytes().enumerate().all(|(place, byte)| match place {
        0 => byte.is_ascii_digit(),
        1.. => byte.is_ascii_uppercase(),
    });
    (inward_is && is_outward(outward)).then(|| (outward.to_owned(), inward.to_owned()))
}

/// The text with each whole postcode in it cut to its outward code: `nurse near LS9 7TF` gives `nurse near LS9`. What
/// has none comes back as it is.
pub fn without_inward(text: &str) -> String {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<&str> = text.split_whitespace().collect();
    let (mut out, mut at, mut found) = (Vec::new(), 0, false);
    while at < words.len() {
        let whole = |most: usize| words.get(at..at + most).and_then(|some| split_postcode(&bare(&some.concat())));
        // Two words are one postcode where the second is its inward half and no more.
        let pair = whole(2).filter(|(outward, _)| bare(words[at]).eq_ignore_ascii_case(outward));
        let used = if pair.is_some() { 2 } else { 1 };
        match pair.or_else(|| whole(1)) {
            Some((outward, _)) => {
                found = true;
                out.push(outward);
            }
            None => out.push(words[at].to_owned()),
        }
        at += used;
    }
    if found { out.join(" ") } else { text.to_owned() }
}

/// One or two letters, a digit, and perhaps one more digit or letter.
fn is_outward(code: &str) -> bool {
    let letters = code.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &code.as_bytes()[letters.min(code.len())..];
    (1..=2).contains(&letters)
        && (1..=2).contains(&rest.len())
        && rest[0].is_ascii_digit()
        && rest.iter().all(u8::is_ascii_alphanumeric)
        && code.is_ascii()
}

/// Every outward code that lines of places name, in order and once each: `Millfield, HX7`, `Beckett Street, LS9 7TF`.
pub fn outward_codes(lines: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    // Codes are written large: "a2 room" is none.
    let pieces =
        lines.split(|c: char| !c.is_ascii_alphanumeric()).filter(|piece| piece.chars().all(|c| !c.is_lowercase()));
    for piece in pieces {
        if let Some(code) = outward_code(piece).filter(|code| !found.contains(code)) {
            found.push(code);
        }
    }
    found
}

/// A place that is on no map can be looked for in addresses: it has three letters in a row. Fewer stand in nearly every
/// address, and no index knows of them.
pub fn is_in_addresses(typed: &str) -> bool {
    typed.split(|c: char| !c.is_alphanumeric()).any(|run| run.chars().count() >= 3)
}

/// Whether one typed name could be a slip for the other: at most one letter in five is wrong, missing or too many.
pub fn is_slip(typed: &str, name: &str) -> Option<usize> {
    let (typed, name): (Vec<char>, Vec<char>) = (typed.chars().collect(), name.chars().collect());
    let most = (name.len() / 5).max(1);
    if name.len() < 4 || typed.len().abs_diff(name.len()) > most {
        return None;
    }
    Some(edits(&typed, &name)).filter(|edits| *edits <= most)
}

/// How many letters to add, leave out, change or swap.
fn edits(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut least = (row[j] + usize::from(a != b)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes_are_cut_to_their_outward_code() {
        for typed in ["LS9 7TF", "ls97tf", " Ls9  7tf ", "LS9", "ls9"] {
            assert_eq!(outward_code(typed).as_deref(), Some("LS9"), "{typed}");
        }
        assert_eq!(outward_code("EC1A 1BB").as_deref(), Some("EC1A"));
        assert_eq!(outward_code("W1").as_deref(), Some("W1"));
        for odd in ["Leeds", "", "9LS", "LS", "LS999 7TF", "ÄS9", "LS9 7TFX"] {
            assert_eq!(outward_code(odd), None, "{odd}");
        }
    }

    #[test]
    fn whole_postcodes_are_cut_wherever_they_stand() {
        for (typed, kept) in [
            ("LS9 7TF", "LS9"),
            ("nurse near ls97tf, Leeds", "nurse near LS9 Leeds"),
            ("Leeds, LS9 7TF", "Leeds, LS9"),
            ("(LS9 7TF)", "LS9"),
            ("EC1A 1BB or W1A 0AX", "EC1A or W1A"),
            ("nurse in LS9", "nurse in LS9"),
            ("band 5  2 days", "band 5  2 days"),
            ("LS9 7TFX", "LS9 7TFX"),
        ] {
            assert_eq!(without_inward(typed), kept, "{typed}");
        }
    }

    #[test]
    fn places_are_found_in_lines() {
        let lines = "Millfield Health Centre, HX7\nBeckett Street, LS9 7TF\nWeaver Street HX7, room a2";
        assert_eq!(outward_codes(lines), ["HX7", "LS9"]);
    }

    #[test]
    fn known_distances() {
        let (leeds, york) = ((53.797, -1.543), (53.9586, -1.0828));
        assert!((miles(leeds, york) - 21.9).abs() < 0.5, "{}", miles(leeds, york));
        assert_eq!(miles(leeds, leeds), 0.0);
    }

    #[test]
    fn fewer_than_three_letters_are_in_no_address() {
        for typed in ["Mill", "of the", "A1 roundabout", "Ærø", "看護師"] {
            assert!(is_in_addresses(typed), "{typed}");
        }
        for typed in ["", "zz", "a b c", "\"\"\"\"", "%_%_%_%", "q'; x"] {
            assert!(!is_in_addresses(typed), "{typed}");
        }
    }

    #[test]
    fn slips_of_a_name() {
        assert_eq!(is_slip("haliafx", "halifax"), Some(1));
        assert_eq!(is_slip("leds", "leeds"), Some(1));
        assert_eq!(is_slip("york", "cork"), Some(1));
        assert_eq!(is_slip("paris", "leeds"), None);
    }
}
