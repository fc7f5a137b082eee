//! What a comparison is with and how it is shown, as its address holds it.

use crate::domain::text::{parse_profile_reference, profile_reference};

/// The other side of a comparison: a version of the same profile, or of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherSide {
    pub profile: Option<i32>,
    /// None: what is in force of the other profile.
    pub version: Option<i32>,
}

/// How a comparison is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Show {
    pub side_by_side: bool,
    /// What did not change is unfolded too.
    pub everything: bool,
}

impl OtherSide {
    pub fn version(number: i32) -> Self {
        OtherSide { profile: None, version: Some(number) }
    }

    /// Reads `2`, `JP-0051/1` and `JP-0051`.
    pub fn parse(typed: &str) -> Option<Self> {
        if let Ok(number) = typed.parse() {
            return Some(Self::version(number));
        }
        let (profile, version) = match typed.split_once('/') {
            Some((profile, version)) => (profile, Some(version.parse().ok()?)),
            None => (typed, None),
        };
        Some(OtherSide { profile: Some(parse_profile_reference(profile)?), version })
    }
}

impl std::fmt::Display for OtherSide {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.profile.map(profile_reference), self.version) {
            (Some(profile), Some(version)) => write!(f, "{profile}/{version}"),
            (Some(profile), None) => write!(f, "{profile}"),
            (None, Some(version)) => write!(f, "{version}"),
            (None, None) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::paths::Employer;

    #[test]
    fn a_comparison_names_both_sides() {
        let version = Employer("marlowe").profile(42).version(3);
        let other = OtherSide::parse("jp-51/1").unwrap();
        let show = Show { side_by_side: true, everything: false };
        let expected = "/staff/marlowe/profiles/JP-0042/versions/3/compare?with=JP-0051/1&view=side";
        assert_eq!(version.compare(other, show), expected);
        for typed in ["2", "JP-0051/1", "JP-0051"] {
            assert_eq!(OtherSide::parse(typed).unwrap().to_string(), typed);
        }
        for odd in ["", "x", "JP-0051/", "JP-0051/x", "JP-/1", "99999999999"] {
            assert_eq!(OtherSide::parse(odd), None, "{odd}");
        }
    }
}
