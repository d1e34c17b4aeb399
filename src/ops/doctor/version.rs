//! How old a version of the Graph API is, from `assets/graph-versions.toml`.

use jiff::civil::Date;
use serde::Deserialize;

/// Days before its end from which a version is old.
const NOTICE: i32 = 90;

#[derive(Deserialize)]
struct Table {
    version: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    name: String,
    ends: Option<String>,
}

/// How a version stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Age {
    /// It is served, and its end, if it is known, is far.
    Current(Option<Date>),
    /// It ends soon.
    EndsSoon(Date),
    /// It has ended; Meta answers with the next one, and with what that one changed.
    Ended(Date),
    /// The table does not have it.
    Unknown,
}

/// Looks a version up, for example `v26.0`.
pub fn age(version: &str, today: Date) -> Age {
    let table: Table = match toml::from_str(include_str!("../../../assets/graph-versions.toml")) {
        Ok(table) => table,
        Err(_) => return Age::Unknown,
    };
    let Some(line) = table.version.iter().find(|line| line.name == version) else { return Age::Unknown };
    let Some(end) = line.ends.as_deref().and_then(|end| end.parse::<Date>().ok()) else { return Age::Current(None) };
    let left = (end - today).get_days();
    match left {
        ..=0 => Age::Ended(end),
        1..=NOTICE => Age::EndsSoon(end),
        _ => Age::Current(Some(end)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_version_warns_ninety_days_before_its_end_and_not_earlier() {
        assert_eq!(age("v21.0", date(2026, 10, 22)), Age::Current(Some(date(2027, 1, 21))));
        assert_eq!(age("v21.0", date(2026, 10, 23)), Age::EndsSoon(date(2027, 1, 21)));
        assert_eq!(age("v21.0", date(2027, 1, 21)), Age::Ended(date(2027, 1, 21)));
        assert_eq!(age("v26.0", date(2030, 1, 1)), Age::Current(None));
        assert_eq!(age("v1.0", date(2026, 1, 1)), Age::Unknown);
    }

    #[test]
    fn the_version_that_is_asked_by_default_is_in_the_table() {
        assert_ne!(age(crate::config::DEFAULT_API_VERSION, date(2026, 11, 1)), Age::Unknown);
    }
}
