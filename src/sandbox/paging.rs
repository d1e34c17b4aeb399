//! Pages: opaque cursors, the `limit` rules, and the `paging` object with its absolute addresses.
//! It must not know what it pages through; rows are told apart by a number.
//!
//! `limit` is 25 when absent. A larger one than the edge serves is cut down to the most it serves, silently,
//! as Graph does; zero gives no rows, which is of use with a summary; negative and unreadable ones are code 100.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::errors::GraphError;
use super::seed;

/// Rows of a page when no `limit` is given.
pub const DEFAULT_LIMIT: usize = 25;

/// The part of an edge that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Index of the first row.
    pub start: usize,
    /// Index behind the last row.
    pub end: usize,
    /// Rows of a full page.
    pub limit: usize,
    /// Number of rows of the whole edge.
    pub total: usize,
}

/// Reads `limit`.
///
/// # Errors
/// Code 100 when it is negative or no number.
pub fn limit(asked: Option<&str>, most: usize) -> Result<usize, GraphError> {
    let Some(text) = asked.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(DEFAULT_LIMIT.min(most));
    };
    match text.parse::<i64>() {
        Ok(number) if number >= 0 => Ok(usize::try_from(number).unwrap_or(most).min(most)),
        Ok(_) => Err(GraphError::parameter("(#100) Param limit must be greater than or equal to 0")),
        Err(_) => Err(GraphError::parameter("(#100) Param limit must be an integer")),
    }
}

/// The cursor that stands for a row.
pub fn cursor(row: u64) -> String {
    let masked = row ^ MASK;
    let mut bytes = vec![0x41, 0x51, 0x48, 0x53];
    bytes.extend_from_slice(&masked.to_be_bytes());
    bytes.extend_from_slice(&check(masked).to_be_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The row that a cursor stands for.
///
/// # Errors
/// Code 100 when it is no cursor of this sandbox.
pub fn row(cursor: &str) -> Result<u64, GraphError> {
    let wrong = || GraphError::parameter("(#100) Invalid cursors values");
    let bytes = URL_SAFE_NO_PAD.decode(cursor.trim().trim_end_matches('=')).map_err(|_| wrong())?;
    let rest = bytes.strip_prefix(&[0x41, 0x51, 0x48, 0x53]).ok_or_else(wrong)?;
    let (number, sum) = rest.split_first_chunk::<8>().ok_or_else(wrong)?;
    let masked = u64::from_be_bytes(*number);
    let sum: [u8; 4] = sum.try_into().map_err(|_| wrong())?;
    if u32::from_be_bytes(sum) == check(masked) { Ok(masked ^ MASK) } else { Err(wrong()) }
}

const MASK: u64 = 0x5A17_3C0D_E94B_2286;

fn check(masked: u64) -> u32 {
    u32::try_from(seed::mix(masked) >> 32).unwrap_or(0)
}

/// Finds the window for `after`, `before` and `limit` in rows that `id` numbers.
///
/// # Errors
/// Code 100 for a cursor that is broken or whose row is not in this edge.
pub fn window<T>(
    rows: &[T],
    id: impl Fn(&T) -> u64,
    limit: usize,
    after: Option<&str>,
    before: Option<&str>,
) -> Result<Window, GraphError> {
    let find = |text: &str| -> Result<usize, GraphError> {
        let wanted = row(text)?;
        rows.iter()
            .position(|candidate| id(candidate) == wanted)
            .ok_or_else(|| GraphError::parameter("(#100) Invalid cursors values"))
    };
    let given = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let (start, end) = match (given(after), given(before)) {
        (Some(after), _) => {
            let start = find(&after)? + 1;
            (start, (start + limit).min(rows.len()))
        }
        (None, Some(before)) => {
            let end = find(&before)?;
            (end.saturating_sub(limit), end)
        }
        (None, None) => (0, limit.min(rows.len())),
    };
    Ok(Window { start, end, limit, total: rows.len() })
}

/// The `paging` object, or nothing for a page without rows.
///
/// `address` gives the absolute address of this edge with the caller's own parameters and the cursor that is handed
/// to it as a name and a value.
pub fn paging(window: Window, first: Option<u64>, last: Option<u64>, address: impl Fn(&str, &str) -> String) -> Option<Value> {
    let (before, after) = (cursor(first?), cursor(last?));
    let mut paging = Map::new();
    if window.end < window.total {
        paging.insert("next".into(), json!(address("after", &after)));
    }
    if window.start > 0 {
        paging.insert("previous".into(), json!(address("before", &before)));
    }
    paging.insert("cursors".into(), json!({"before": before, "after": after}));
    Some(Value::Object(paging))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_come_back_and_forged_ones_are_refused() {
        for number in [0, 1, 102_290_129_340_398, u64::MAX] {
            assert_eq!(row(&cursor(number)).unwrap(), number);
        }
        for forged in ["", "x", "QUhT", "QVFIUzEyMw", "ÿ", &cursor(5).replace('Q', "R")] {
            assert_eq!(row(forged).unwrap_err().code, 100, "{forged}");
        }
    }

    #[test]
    fn limit_is_bounded() {
        assert_eq!(limit(None, 100).unwrap(), 25);
        assert_eq!(limit(Some("7"), 100).unwrap(), 7);
        assert_eq!(limit(Some("0"), 100).unwrap(), 0);
        assert_eq!(limit(Some("99999999999"), 100).unwrap(), 100);
        for wrong in ["-1", "ten", "1.5"] {
            assert_eq!(limit(Some(wrong), 100).unwrap_err().code, 100, "{wrong}");
        }
    }

    #[test]
    fn pages_follow_each_other_without_gap_or_overlap() {
        let rows: Vec<u64> = (100..117).collect();
        let mut seen = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let window = window(&rows, |row| *row, 5, after.as_deref(), None).unwrap();
            seen.extend_from_slice(&rows[window.start..window.end]);
            if window.end == window.total {
                break;
            }
            after = Some(cursor(rows[window.end - 1]));
        }
        assert_eq!(seen, rows);
    }

    #[test]
    fn before_goes_back_and_previous_is_absent_on_the_first_page() {
        let rows: Vec<u64> = (0..10).collect();
        let middle = window(&rows, |row| *row, 3, None, Some(&cursor(6))).unwrap();
        assert_eq!((middle.start, middle.end), (3, 6));
        let address = |key: &str, value: &str| format!("http://h/{key}={value}");
        let value = paging(middle, Some(3), Some(5), address).unwrap();
        assert!(value["next"].as_str().unwrap().contains("after="));
        assert!(value["previous"].as_str().unwrap().contains("before="));
        let first = window(&rows, |row| *row, 10, None, None).unwrap();
        let value = paging(first, Some(0), Some(9), address).unwrap();
        assert_eq!(value.get("next"), None);
        assert_eq!(value.get("previous"), None);
    }

    #[test]
    fn cursor_of_a_row_elsewhere_is_refused() {
        assert_eq!(window(&[1_u64, 2], |row| *row, 5, Some(&cursor(9)), None).unwrap_err().code, 100);
    }
}
