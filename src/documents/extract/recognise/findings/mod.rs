//! What a person should look at in the text itself. Each rule proposes; none of them changes a word.
//!
//! Findings about how the document was read come from the recognisers; these are about what it says.

mod apostrophes;
mod leftovers;
mod truncation;

use super::desk::Desk;
use super::walk::Spot;

/// Runs every rule over every text.
pub fn run(desk: &mut Desk, spots: &[Spot]) {
    for spot in spots {
        leftovers::check(desk, &spot.text);
        apostrophes::check(desk, &spot.text);
        links(desk, &spot.text);
    }
    for text in desk.labels.iter().map(|label| label.text.clone()).collect::<Vec<_>>() {
        leftovers::check(desk, &text);
    }
    truncation::check(desk, spots);
}

/// Web addresses in the text: a person checks that they still lead somewhere.
fn links(desk: &mut Desk, text: &str) {
    for word in text
        .split_whitespace()
        .filter(|word| word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www."))
    {
        let address = word.trim_end_matches(['.', ',', ';', ')']);
        desk.find("link", address, None, "A web address in the text. Check that it still works.");
    }
}
