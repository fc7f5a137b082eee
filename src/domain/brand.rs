//! An employer's look: one colour that documents and adverts take for headings, links and buttons. Pure arithmetic on
//! colours; pictures are read in `documents::logo`.

use std::fmt;

/// The least contrast of the colour with what it stands on (WCAG 2.2, success criterion 1.4.3).
pub const LEAST_CONTRAST: f64 = 4.5;
/// The contrast of the darker shade, for hover and for headings on paper.
const DARKER_CONTRAST: f64 = 8.0;
/// The longest alternative text of a logo, in characters.
pub const LONGEST_ALT: usize = 120;

/// A colour that stands on white and on our pale side areas, and that white stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent([u8; 3]);

/// Side areas, the darkest ground that links stand on.
const WASH: [u8; 3] = [0xf4, 0xf6, 0xf5];

/// Why a colour is not taken.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AccentError {
    #[error("Type the colour as # and six digits or letters from A to F, such as #0b5563")]
    NoColour,
    #[error(
        "The contrast of {typed} with the page is {contrast:.1} to 1, and text needs at least 4.5 to 1 to be read by \
         everybody. A darker shade of it would do: {instead}"
    )]
    TooPale { typed: String, contrast: f64, instead: Accent },
}

impl Accent {
    /// Reads `#0b5563`, `0B5563` or `#0bc`.
    pub fn parse(typed: &str) -> Result<Self, AccentError> {
        let rgb = rgb(typed).ok_or(AccentError::NoColour)?;
        let accent = Accent(rgb);
        match accent.contrast() >= LEAST_CONTRAST {
            true => Ok(accent),
            false => Err(AccentError::TooPale {
                typed: accent.to_string(),
                // Rounded down, so that nobody reads “4.5, and at least 4.5 is needed”.
                contrast: (accent.contrast() * 10.0).floor() / 10.0,
                instead: accent.dark_enough(LEAST_CONTRAST),
            }),
        }
    }

    /// Against the darkest ground that it stands on.
    pub fn contrast(self) -> f64 {
        contrast(self.0, WASH)
    }

    /// For hover, and for headings.
    pub fn darker(self) -> Accent {
        self.dark_enough(DARKER_CONTRAST.max(self.contrast() * 1.25).min(15.0))
    }

    /// A pale ground that ink stands on.
    pub fn wash(self) -> Accent {
        Accent(self.0.map(|part| mixed(part, 255, 0.9)))
    }

    /// The same for dark pages, where text is light: pale enough on their ground.
    pub fn on_dark(self) -> Accent {
        let shades = (0..=20).map(|step| Accent(self.0.map(|part| mixed(part, 255, f64::from(step) / 20.0))));
        shades.into_iter().find(|shade| contrast(shade.0, DARK) >= 7.0).unwrap_or(Accent([255; 3]))
    }

    /// Half way to white.
    pub fn paler(self) -> Accent {
        Accent(self.0.map(|part| mixed(part, 255, 0.5)))
    }

    fn dark_enough(self, least: f64) -> Accent {
        let shades = (0..=100).map(|step| Accent(self.0.map(|part| mixed(part, 0, f64::from(step) / 100.0))));
        shades.into_iter().find(|shade| shade.contrast() >= least).unwrap_or(Accent([0; 3]))
    }
}

/// The ground of dark pages.
const DARK: [u8; 3] = [0x19, 0x23, 0x2a];

impl fmt::Display for Accent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(out, "#{red:02x}{green:02x}{blue:02x}")
    }
}

fn rgb(typed: &str) -> Option<[u8; 3]> {
    let digits = typed.trim().trim_start_matches('#');
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let part = |at: usize, wide: usize| u8::from_str_radix(digits.get(at * wide..(at + 1) * wide)?, 16).ok();
    if digits.len() == 3 {
        return Some([part(0, 1)? * 17, part(1, 1)? * 17, part(2, 1)? * 17]);
    }
    (digits.len() == 6).then_some(())?;
    Some([part(0, 2)?, part(1, 2)?, part(2, 2)?])
}

fn mixed(part: u8, with: u8, share: f64) -> u8 {
    (f64::from(part) * (1.0 - share) + f64::from(with) * share).round() as u8
}

/// From 1 to 21, as WCAG defines it.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

fn luminance(rgb: [u8; 3]) -> f64 {
    let [red, green, blue] = rgb.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn colours_are_read_as_people_type_them() {
        for typed in ["#0b5563", "0B5563", " #0B5563 "] {
            assert_eq!(Accent::parse(typed).map(|accent| accent.to_string()), Ok("#0b5563".to_owned()));
        }
        assert_eq!(Accent::parse("#036").map(|accent| accent.to_string()), Ok("#003366".to_owned()));
        for odd in ["", "teal", "#12345", "#1234567", "#12é45", "url(x)"] {
            assert_eq!(Accent::parse(odd), Err(AccentError::NoColour), "{odd}");
        }
    }

    #[test]
    fn a_pale_colour_is_refused_with_a_shade_that_would_do() {
        let said = Accent::parse("#ffcc00").unwrap_err().to_string();
        assert!(said.starts_with("The contrast of #ffcc00 with the page is 1.3 to 1"), "{said}");
        let instead = said.rsplit(' ').next().unwrap();
        assert!(Accent::parse(instead).is_ok(), "{said}");
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 0.001);
    }

    proptest! {
        #[test]
        fn what_is_taken_has_shades_that_can_be_read(red: u8, green: u8, blue: u8) {
            let typed = Accent([red, green, blue]).to_string();
            let accent = match Accent::parse(&typed) {
                Ok(accent) => accent,
                Err(AccentError::TooPale { instead, .. }) => instead,
                Err(AccentError::NoColour) => return Err(TestCaseError::fail("a colour")),
            };
            prop_assert!(accent.contrast() >= LEAST_CONTRAST);
            prop_assert!(accent.darker().contrast() >= accent.contrast());
            prop_assert!(contrast(accent.on_dark().0, DARK) >= 7.0);
            prop_assert!(contrast([0x14, 0x21, 0x2b], accent.wash().0) >= 9.0, "ink on the wash");
        }
    }
}
