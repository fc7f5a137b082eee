//! Money and hours as people type them into a form.

/// The most pounds a year that a grade may pay, against slips of the finger.
const MOST_POUNDS: i64 = 1_000_000;
/// The most hours of a week, in hundredths.
const MOST_HOURS: i32 = 16_800;

/// Pence from `27485`, `£27,485` or `27,485.50`; none for anything else, nothing and less included.
pub fn typed_pounds(typed: &str) -> Option<i64> {
    let (whole, part) = decimal(typed.trim().trim_start_matches('£').trim_start())?;
    (whole <= MOST_POUNDS && (whole, part) != (0, 0)).then_some(whole * 100 + part)
}

/// Hundredths of hours from `37`, `37.5` or `37.50`.
pub fn typed_hours(typed: &str) -> Option<i32> {
    let (whole, part) = decimal(typed.trim())?;
    let hundredths = i32::try_from(whole).ok()?.checked_mul(100)?.checked_add(part as i32)?;
    (1..=MOST_HOURS).contains(&hundredths).then_some(hundredths)
}

/// The whole and the hundredths of a number with up to two decimals. Commas stand between groups of three digits alone.
fn decimal(typed: &str) -> Option<(i64, i64)> {
    let (whole, part) = typed.split_once('.').unwrap_or((typed, "0"));
    let groups: Vec<&str> = whole.split(',').collect();
    let well_parted = groups.len() == 1 || groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    let digits = groups.concat();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !well_parted
        || groups[0].is_empty()
        || !is_number(&digits)
        || !is_number(part)
        || part.len() > 2
        || digits.len() > 9
    {
        return None;
    }
    let hundredths: i64 = part.parse().ok()?;
    Some((digits.parse().ok()?, if part.len() == 1 { hundredths * 10 } else { hundredths }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_as_people_write_it() {
        for (typed, pence) in [("27485", 2_748_500), ("£27,485", 2_748_500), ("27,485.5", 2_748_550), ("0.01", 1)] {
            assert_eq!(typed_pounds(typed), Some(pence), "{typed}");
        }
        for odd in ["", "0", "-5", "27.485", "2,7485", "27 485", "1e5", "99999999999999", "£", ",485", "27485.", "two"]
        {
            assert_eq!(typed_pounds(odd), None, "{odd}");
        }
        assert_eq!(typed_hours("37.5"), Some(3750));
        assert_eq!(typed_hours("36"), Some(3600));
        assert_eq!(typed_hours("169"), None);
        assert_eq!(typed_hours("0"), None);
    }
}
