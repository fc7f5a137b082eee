//! Where outward codes and towns are: the centre of each.
//!
//! Contains OS, Royal Mail and National Statistics data, as `reference/uk_outcodes.csv` says in full.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::places::{Near, Place, is_slip, miles, outward_code, outward_codes};

const OUTCODES: &str = include_str!("../../reference/uk_outcodes.csv");
const TOWNS: &str = include_str!("../../reference/places.csv");

#[derive(Deserialize)]
struct OutcodeRow {
    outcode: String,
    lat: f64,
    lon: f64,
    unit_postcodes: usize,
}

#[derive(Deserialize)]
struct TownRow {
    name: String,
    outcode: String,
    also: String,
}

/// A town with the words of its address.
#[derive(Debug, Clone, PartialEq)]
pub struct Town {
    pub place: Place,
    /// `bury-st-edmunds`
    pub slug: String,
    also: String,
}

/// What a typed place turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// An outward code or a town, as it was typed.
    Place(Place),
    /// A town that was typed with a slip.
    Meant(Place),
    /// Nowhere on our map.
    Unknown,
}

struct Map {
    outcodes: HashMap<String, (f64, f64)>,
    sizes: HashMap<String, usize>,
    towns: Vec<Town>,
}

static MAP: LazyLock<Map> = LazyLock::new(|| {
    let rows_of = || rows::<OutcodeRow>(OUTCODES);
    let outcodes = rows_of().map(|row| (row.outcode, (row.lat, row.lon))).collect::<HashMap<_, _>>();
    let sizes = rows_of().map(|row| (row.outcode, row.unit_postcodes)).collect();
    let town = |row: TownRow| {
        let (latitude, longitude) = *outcodes.get(&row.outcode)?;
        let slug = slug(&row.name);
        Some(Town { place: Place { name: row.name, latitude, longitude }, slug, also: row.also.to_lowercase() })
    };
    let towns = rows::<TownRow>(TOWNS).filter_map(town).collect();
    Map { outcodes, sizes, towns }
});

fn rows<T: for<'a> Deserialize<'a>>(file: &'static str) -> impl Iterator<Item = T> {
    // A row that can't be read is left out here; the test below reads every one.
    csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(file.as_bytes()).into_deserialize().flatten()
}

/// `Bury St Edmunds` → `bury-st-edmunds`
fn slug(name: &str) -> String {
    let plain: String = name.chars().filter(|c| !matches!(c, '\'' | '’' | '.')).collect();
    plain.to_lowercase().split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join("-")
}

/// Every town, in the order of the alphabet.
pub fn towns() -> &'static [Town] {
    &MAP.towns
}

/// The town with that address.
pub fn town(slug: &str) -> Option<&'static Town> {
    MAP.towns.iter().find(|town| town.slug == slug)
}

/// The place that somebody means who typed this: a postcode, whole or not, or a town.
pub fn find(typed: &str) -> Found {
    if let Some(place) = outward_code(typed).and_then(|code| outcode(&code)) {
        return Found::Place(place);
    }
    // "Leeds, LS9" means LS9, and "Halifax, West Yorkshire" means Halifax.
    let code = outward_codes(&typed.to_uppercase()).iter().rev().find_map(|code| outcode(code));
    let typed = typed.trim().to_lowercase();
    let town = || [typed.as_str(), typed.split(',').next().unwrap_or_default().trim()].into_iter().find_map(named);
    if let Some(place) = code.or_else(town) {
        return Found::Place(place);
    }
    let wanted = slug(&typed);
    let slips = MAP.towns.iter().filter_map(|town| Some((is_slip(&wanted, &town.slug)?, town)));
    match slips.min_by_key(|(edits, town)| (*edits, town.slug.clone())) {
        Some((_, town)) => Found::Meant(town.place.clone()),
        None => Found::Unknown,
    }
}

/// The town of that name, in small letters.
fn named(name: &str) -> Option<Place> {
    let wanted = slug(name);
    let is = |town: &&Town| town.slug == wanted || (!name.is_empty() && town.also == name);
    MAP.towns.iter().find(is).map(|town| town.place.clone())
}

/// A town of our map has exactly that name.
pub fn is_town(name: &str) -> bool {
    let wanted = slug(name.trim());
    MAP.towns.iter().any(|town| town.slug == wanted)
}

/// The town that the centre of an outward code is nearest to, where that is not far.
pub fn town_of(code: &str) -> Option<&'static str> {
    /// Miles: about as far as a town's own codes reach.
    const NOT_FAR: f64 = 6.0;
    let at = outcode(code)?;
    let far = |town: &Town| miles((at.latitude, at.longitude), (town.place.latitude, town.place.longitude));
    let nearest = MAP.towns.iter().min_by(|one, other| far(one).total_cmp(&far(other)))?;
    (far(nearest) <= NOT_FAR).then_some(nearest.place.name.as_str())
}

/// The centre of an outward code.
pub fn outcode(code: &str) -> Option<Place> {
    let (latitude, longitude) = *MAP.outcodes.get(code)?;
    Some(Place { name: code.to_owned(), latitude, longitude })
}

/// How many unit postcodes lie under an outward code: about fifteen households each, so that it says nearly how many
/// people live there.
pub fn size(code: &str) -> usize {
    MAP.sizes.get(code).copied().unwrap_or_default()
}

/// Every outward code with its centre, in the order of the alphabet.
pub fn outcodes() -> impl Iterator<Item = Place> {
    let mut codes: Vec<&String> = MAP.outcodes.keys().collect();
    codes.sort();
    codes.into_iter().filter_map(|code| outcode(code))
}

/// Every name on the map within the circle, with its miles from the middle: outward codes and towns, as adverts are kept
/// under them.
pub fn around(near: &Near) -> Vec<(String, f64)> {
    let middle = (near.latitude, near.longitude);
    let codes = MAP.outcodes.iter().map(|(code, at)| (code, miles(middle, *at)));
    let towns = MAP.towns.iter().map(|town| &town.place);
    let towns = towns.map(|place| (&place.name, miles(middle, (place.latitude, place.longitude))));
    codes.chain(towns).filter(|(_, far)| *far <= near.miles).map(|(name, far)| (name.clone(), far)).collect()
}

/// The quarters of a degree, south and west edge, that hold a place within the circle.
pub fn cells(near: &Near) -> Vec<(i64, i64)> {
    let middle = (near.latitude, near.longitude);
    let towns = MAP.towns.iter().map(|town| (town.place.latitude, town.place.longitude));
    let within = MAP.outcodes.values().copied().chain(towns).filter(|at| miles(middle, *at) <= near.miles);
    let cells: BTreeSet<(i64, i64)> =
        within.map(|(north, east)| ((north * 4.0).floor() as i64, (east * 4.0).floor() as i64)).collect();
    cells.into_iter().collect()
}

/// Miles from the middle to the nearest of the places that an advert's lines name; none where they name none.
pub fn nearest(near: &Near, lines: &str) -> Option<f64> {
    let middle = (near.latitude, near.longitude);
    let far = of_lines(lines).into_iter().map(|place| miles(middle, (place.latitude, place.longitude)));
    far.min_by(f64::total_cmp)
}

/// The places that an advert's lines name by an outward code, or else by a town at the end of a line.
pub fn of_lines(lines: &str) -> Vec<Place> {
    let mut places: Vec<Place> = outward_codes(lines).iter().filter_map(|code| outcode(code)).collect();
    for line in lines.lines().filter(|line| outward_codes(line).iter().all(|code| outcode(code).is_none())) {
        let last = line.rsplit(',').next().unwrap_or_default();
        let wanted = slug(last.trim());
        let town = MAP.towns.iter().find(|town| town.slug == wanted);
        let new = town.filter(|town| places.iter().all(|place| place.name != town.place.name));
        places.extend(new.map(|town| town.place.clone()));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_tells_its_town() {
        assert_eq!(town_of("ME13"), Some("Faversham"));
        assert_eq!(town_of("XX99"), None);
        assert!(is_town(" faversham ") && is_town("St. Albans") && !is_town("Guildhall Street"));
    }

    #[test]
    fn every_row_is_read() {
        let count = |file: &str| file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).count() - 1;
        assert_eq!(MAP.outcodes.len(), count(OUTCODES));
        assert_eq!(MAP.towns.len(), count(TOWNS), "each town's outward code is known");
        assert!(MAP.towns.len() > 200);
    }

    #[test]
    fn places_are_found_as_people_type_them() {
        let name = |typed| match find(typed) {
            Found::Place(place) => place.name,
            Found::Meant(place) => format!("meant {}", place.name),
            Found::Unknown => "unknown".into(),
        };
        for (typed, found) in [
            ("LS9 7TF", "LS9"),
            ("ls9", "LS9"),
            (" leeds ", "Leeds"),
            ("Bury st edmunds", "Bury St Edmunds"),
            ("kings lynn", "King's Lynn"),
            ("Kingston upon Hull", "Hull"),
            ("Haliafx", "meant Halifax"),
            ("Leeds, LS9 7TF", "LS9"),
            ("Leeds LS9", "LS9"),
            ("Halifax, West Yorkshire", "Halifax"),
            ("Leeds, ZZ9", "Leeds"),
            ("Millfield", "unknown"),
            ("ZZ9", "unknown"),
            ("", "unknown"),
        ] {
            assert_eq!(name(typed), found, "{typed}");
        }
    }

    #[test]
    fn an_advert_is_where_its_lines_say() {
        let names = |lines| of_lines(lines).into_iter().map(|place| place.name).collect::<Vec<_>>();
        assert_eq!(names("Millfield Health Centre, HX7\nTown Hall, Leeds\nNowhere"), ["HX7", "Leeds"]);
        assert_eq!(names("Room A1, LS9 7TF"), ["LS9"]);
    }
}
