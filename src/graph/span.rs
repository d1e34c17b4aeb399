//! Cuts a long list into ranges of creation time that can be read at the same time. Pure: plans, asks nothing.
//!
//! Cursors are sequential: a list of fifty pages takes fifty round trips. Ranges (Meta: `filtering` on
//! `creation_time`) are not. How wide they must be is guessed from the first page: how many accounts per second it holds.

/// A range of creation times, in Unix seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// The first second in it; `None` for no beginning.
    pub from: Option<i64>,
    /// The first second after it; `None` for no end.
    pub to: Option<i64>,
    /// Whether the list is asked from its oldest row on, without a range: then `to` only says from where on rows are known.
    pub oldest_first: bool,
}

/// How to go on after a page that has a next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// By its cursor.
    Follow,
    /// By these ranges at the same time, instead of the cursor. Together they hold everything that is left.
    Split(Vec<Span>),
}

/// What is known when a list is cut.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// The range that the page was asked for.
    pub span: Span,
    /// Rows that a page can hold.
    pub page_size: usize,
    /// Rows that are probably left, where something told.
    pub left: Option<usize>,
    /// How often this list was cut before on the way here.
    pub generation: usize,
    /// The most parts that a range with both ends is worth cutting into.
    pub most: usize,
    /// Long lists that are read at the same time: they overlap anyhow, so each needs fewer ranges.
    pub lists: usize,
    /// Now, in Unix seconds: nothing is created later.
    pub now: i64,
}

/// Share of a page that the first range is meant to fill, so that few ranges need a second page.
pub(super) const FILL: f64 = 0.64;
/// Each range is wider than the one before it: a business that grows has created more lately than long ago.
const WIDER: f64 = 1.03;
/// No range is wider than that many of the first, or narrower than the first divided by it.
const WIDEST: f64 = 1.4;
/// Ranges that are tried at once while nobody knows how long the list is, by generation.
const UNKNOWN_LENGTH: [usize; 5] = [4, 8, 10, 14, 20];
/// The most ranges of one cut.
pub(super) const MOST: usize = 80;
/// After so many cuts the times are no help, and the cursor is followed.
const LAST_GENERATION: usize = 8;

impl Span {
    /// Whether a time lies in it.
    pub fn holds(self, time: i64) -> bool {
        self.from.is_none_or(|from| time >= from) && self.to.is_none_or(|to| time < to)
    }

    /// Whether it is the whole list.
    pub fn is_whole(self) -> bool {
        self == Self::default()
    }

    /// Whether it is a range down to the oldest row.
    pub fn has_open_end(self) -> bool {
        self.from.is_none() && self.to.is_some() && !self.oldest_first
    }

    /// The value of `sort`.
    pub fn sort(self) -> &'static str {
        if self.oldest_first { "creation_time_ascending" } else { "creation_time_descending" }
    }

    /// The value of `filtering`; `None` for the whole list. Meta's operators leave their bound out.
    pub fn filtering(self) -> Option<String> {
        if self.oldest_first {
            return None;
        }
        let bound = |operator, value: i64| serde_json::json!({"field": "creation_time", "operator": operator, "value": value.to_string()});
        let after = self.from.map(|from| bound("GREATER_THAN", from.saturating_sub(1)));
        let before = self.to.map(|to| bound("LESS_THAN", to));
        let bounds: Vec<_> = after.into_iter().chain(before).collect();
        (!bounds.is_empty()).then(|| serde_json::Value::Array(bounds).to_string())
    }
}

/// Decides how to go on after a page with these creation times, in the order in which they came.
pub fn plan(times: &[i64], known: &Known) -> Next {
    let (Some(first), Some(last)) = (times.first().copied(), times.last().copied()) else { return Next::Follow };
    if first == last || known.generation >= LAST_GENERATION {
        return Next::Follow;
    }
    let pairs = || times.iter().zip(times.iter().skip(1));
    let width = first.abs_diff(last) as f64 * FILL * known.page_size as f64 / times.len() as f64;
    let spans = if pairs().all(|(left, right)| left >= right) {
        downward(last.saturating_add(1), width, known)
    } else if pairs().all(|(left, right)| left <= right) {
        upward(last, width, known)
    } else {
        by_sample(times, known)
    };
    match spans {
        spans if spans.len() < 2 => Next::Follow,
        spans => Next::Split(spans),
    }
}

/// How many ranges an end without a bound is cut into.
fn guess(known: &Known) -> usize {
    let full = known.page_size as f64 * FILL * 1.09;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
    let count = match known.left {
        // One page is left: its cursor is as quick.
        Some(left) if left <= known.page_size => 0,
        Some(left) => (left as f64 / full).ceil() as usize,
        None => {
            let alone = UNKNOWN_LENGTH.get(known.generation).or(UNKNOWN_LENGTH.last()).copied().unwrap_or(1);
            alone / known.lists.max(1)
        }
    };
    count.min(MOST)
}

/// Width of a range in seconds, at least one; seconds are far below 2^53.
fn seconds(width: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "seconds between two timestamps")]
    (width as i64).max(1)
}

/// The page was newest first: what is left lies before `end`.
fn downward(end: i64, first: f64, known: &Known) -> Vec<Span> {
    if let Some(from) = known.span.from {
        return evenly(from, end, first, known.most);
    }
    let mut spans = Vec::new();
    let (mut to, mut width) = (end, first);
    for _ in 0..guess(known) {
        let from = to.saturating_sub(seconds(width));
        if from <= 0 {
            break;
        }
        spans.push(Span { from: Some(from), to: Some(to), ..Span::default() });
        to = from;
        width = (width * WIDER).min(first * WIDEST);
    }
    spans.push(Span { to: Some(to), ..Span::default() });
    spans
}

/// The page was oldest first: what is left lies from `begin` on.
fn upward(begin: i64, first: f64, known: &Known) -> Vec<Span> {
    if let Some(to) = known.span.to {
        return evenly(begin, to, first, known.most);
    }
    let mut spans = Vec::new();
    let (mut from, mut width) = (begin, first);
    for _ in 0..guess(known) {
        let to = from.saturating_add(seconds(width));
        if to > known.now {
            break;
        }
        spans.push(Span { from: Some(from), to: Some(to), ..Span::default() });
        from = to;
        width = (width / WIDER).max(first / WIDEST);
    }
    spans.push(Span { from: Some(from), ..Span::default() });
    spans
}

/// Cuts a range with both ends into equal parts of about this width.
fn evenly(from: i64, to: i64, width: f64, most: usize) -> Vec<Span> {
    let length = to.saturating_sub(from);
    let width = seconds(width);
    let parts = (length / width + i64::from(length % width != 0)).clamp(1, i64::try_from(most).unwrap_or(8).max(1));
    let bound = |part: i64| from + length * part / parts;
    let spans = (0..parts).map(|part| Span { from: Some(bound(part)), to: Some(bound(part + 1)), ..Span::default() });
    spans.filter(|span| span.from < span.to).collect()
}

/// The page was in no order of time, so it is a sample of the whole range: its quantiles are the bounds.
fn by_sample(times: &[i64], known: &Known) -> Vec<Span> {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let left = known.left.map(|left| left + times.len());
    let parts = guess(&Known { left, ..*known }).max(2);
    let mut bounds: Vec<i64> = (1..parts).filter_map(|part| sorted.get(sorted.len() * part / parts).copied()).collect();
    bounds.dedup();
    bounds.retain(|bound| known.span.from.is_none_or(|from| *bound > from));
    let starts = std::iter::once(known.span.from).chain(bounds.iter().copied().map(Some));
    let ends = bounds.iter().copied().map(Some).chain([known.span.to]);
    starts.zip(ends).map(|(from, to)| Span { from, to, ..Span::default() }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn known(span: Span, left: Option<usize>) -> Known {
        Known { span, page_size: 100, left, generation: 0, most: 8, lists: 1, now: 2_000_000_000 }
    }

    fn newest_first(count: i64) -> Vec<i64> {
        (0..count).map(|index| 1_900_000_000 - index * 3_600).collect()
    }

    #[test]
    fn a_steady_list_is_cut_into_ranges_that_fit_a_page() {
        let Next::Split(spans) = plan(&newest_first(100), &known(Span::default(), Some(900))) else {
            panic!("should be cut");
        };
        assert_eq!(spans.len(), 14, "thirteen and the open end");
        let all = newest_first(1_000);
        for span in &spans {
            let rows = all.iter().filter(|time| span.holds(**time)).count();
            assert!(rows <= 100, "{span:?} holds {rows}");
        }
    }

    #[test]
    fn a_short_rest_is_followed_by_its_cursor() {
        let span = Span { from: Some(1_900_000_000 - 120 * 3_600), ..Span::default() };
        assert_eq!(plan(&newest_first(100), &known(span, None)), Next::Follow);
    }

    #[test]
    fn accounts_of_one_second_cannot_be_cut() {
        assert_eq!(plan(&[5; 100], &known(Span::default(), Some(900))), Next::Follow);
        assert_eq!(plan(&[], &known(Span::default(), None)), Next::Follow);
    }

    #[test]
    fn meta_leaves_the_bound_out_so_it_is_moved_by_a_second() {
        let filtering = Span { from: Some(10), to: Some(20), ..Span::default() }.filtering().unwrap();
        let bounds: serde_json::Value = serde_json::from_str(&filtering).unwrap();
        assert_eq!(bounds[0]["operator"], "GREATER_THAN");
        assert_eq!(bounds[0]["value"], "9");
        assert_eq!(bounds[1]["operator"], "LESS_THAN");
        assert_eq!(bounds[1]["value"], "20");
        assert_eq!(Span::default().filtering(), None);
    }

    proptest! {
        /// Whatever the times and their order: what the page did not show is in exactly one range, or two when it shares
        /// the bound's second.
        #[test]
        fn nothing_is_lost_between_the_ranges(
            mut times in prop::collection::vec(1_i64..1_999_999_999, 2..150),
            order in 0..3,
            left in prop::option::of(0_usize..5_000),
            bounded in any::<bool>(),
        ) {
            match order {
                0 => times.sort_unstable(),
                1 => times.sort_unstable_by(|left, right| right.cmp(left)),
                _ => {}
            }
            let span = if bounded { Span { from: Some(1), to: Some(2_000_000_000), ..Span::default() } } else { Span::default() };
            let size = times.len().min(100);
            let (page, rest) = times.split_at(size);
            if let Next::Split(spans) = plan(page, &known(span, left)) {
                for time in rest {
                    let holding = spans.iter().filter(|span| span.holds(*time)).count();
                    prop_assert_eq!(holding, 1);
                }
                for piece in spans {
                    prop_assert!(piece != span, "a cut must make something smaller");
                }
            }
        }
    }
}
