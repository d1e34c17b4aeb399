//! The gap between the newest and the oldest rows of a list, when both ends are known: how it is cut. Pure: asks nothing.
//!
//! A list is read from both ends at first: a few ranges after the newest page, and the oldest page by the other order, which
//! also brings the rows that have no creation time and so lie in no range. What lies between has two ends, so its length and
//! how close rows stand at either end tell how many ranges it takes.

use super::span::{FILL, MOST, Span};

/// Ranges at most, where the first ones did not hold what was expected: then rows stand in clumps, and density tells nothing.
const MOST_IN_CLUMPS: usize = 6;

/// A gap, once both its ends are known.
#[derive(Debug, Clone, Copy)]
pub struct Gap {
    /// The newest second of the oldest page: some of its rows may still be missing.
    pub from: i64,
    /// The first second after the gap.
    pub to: i64,
    /// Seconds that a page of rows takes at the older end.
    pub older: f64,
    /// Seconds that a page of rows takes at the newer end.
    pub newer: f64,
    /// Rows that are probably in it, in pages, where something told.
    pub pages: Option<f64>,
    /// Whether the ranges beside it held about as much as was expected.
    pub is_even: bool,
}

/// The ranges that together hold the gap; none where the two ends met.
pub fn cut(gap: &Gap) -> Vec<Span> {
    if gap.from >= gap.to {
        return Vec::new();
    }
    let length = gap.to.saturating_sub(gap.from) as f64;
    // Rows stand closer and closer, or farther and farther apart: their density grows by one factor over the whole gap.
    let (first, last) = (1.0 / gap.newer.max(1.0), 1.0 / gap.older.max(1.0));
    let growth = (last / first).ln();
    let is_level = growth.abs() < 0.05;
    let expected = if is_level { first * length } else { length * (last - first) / growth };
    let most = if gap.is_even { MOST } else { MOST_IN_CLUMPS };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
    let count = ((gap.pages.unwrap_or(expected) / FILL).ceil().clamp(1.0, most as f64)) as usize;
    // Where a share of the rows ends, counted from the newer end.
    let place = |part: usize| {
        let share = part as f64 / count as f64;
        let share = if is_level || !gap.is_even { share } else { (share * (growth.exp() - 1.0)).ln_1p() / growth };
        #[expect(clippy::cast_possible_truncation, reason = "seconds between two timestamps")]
        let seconds = (length * share) as i64;
        gap.to.saturating_sub(seconds).clamp(gap.from, gap.to)
    };
    let bounds = (0..count).map(|part| (if part + 1 == count { gap.from } else { place(part + 1) }, place(part)));
    let spans =
        bounds.filter(|(from, to)| from < to).map(|(from, to)| Span { from: Some(from), to: Some(to), ..Span::default() });
    spans.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn even() -> Gap {
        Gap { from: 1_000_000, to: 2_000_000, older: 100_000.0, newer: 100_000.0, pages: None, is_even: true }
    }

    #[test]
    fn a_gap_between_equal_ends_is_cut_into_equal_ranges_that_fit_a_page() {
        let spans = cut(&even());
        assert_eq!(spans.len(), 16, "ten pages, each filled by two thirds");
        assert!(spans.iter().all(|span| (62_000..63_000).contains(&(span.to.unwrap() - span.from.unwrap()))), "{spans:?}");
    }

    #[test]
    fn where_rows_stand_closer_at_one_end_ranges_are_narrower_there() {
        let spans = cut(&Gap { older: 400_000.0, ..even() });
        let width = |span: &Span| span.to.unwrap() - span.from.unwrap();
        assert!(width(spans.last().unwrap()) > 2 * width(spans.first().unwrap()), "{spans:?}");
        assert_eq!(cut(&Gap { older: 400_000.0, newer: 1.0, is_even: false, ..even() }).len(), MOST_IN_CLUMPS);
    }

    #[test]
    fn ends_that_met_leave_no_gap() {
        for from in [2_000_000, 2_000_001, i64::MAX] {
            assert!(cut(&Gap { from, ..even() }).is_empty());
        }
    }

    #[test]
    fn a_count_that_was_told_is_believed() {
        assert_eq!(cut(&Gap { pages: Some(0.5), ..even() }).len(), 1);
        assert_eq!(cut(&Gap { pages: Some(3.2), ..even() }).len(), 5);
    }

    proptest! {
        #[test]
        fn the_ranges_hold_every_second_of_the_gap_once(
            from in 0_i64..2_000_000_000,
            length in 1_i64..1_000_000_000,
            older in 0.0..1e9_f64,
            newer in 0.0..1e9_f64,
            pages in prop::option::of(0.0..1_000.0_f64),
            is_even in any::<bool>(),
        ) {
            let spans = cut(&Gap { from, to: from + length, older, newer, pages, is_even });
            prop_assert!(!spans.is_empty() && spans.len() <= MOST);
            let mut to = from + length;
            for span in spans {
                prop_assert_eq!(span.to, Some(to));
                to = span.from.unwrap();
            }
            prop_assert_eq!(to, from);
        }
    }
}
