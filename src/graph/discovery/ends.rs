//! A long list is read from both its ends: ranges after the newest page, and the oldest page beside them. What lies between is
//! cut once both are known. The oldest page also brings the rows without a creation time, which lie in no range.

use super::{Search, Span};
use crate::graph::{
    GraphError,
    gap::{self, Gap},
    span::FILL,
};

/// From this factor on between the two ends nobody knows how close rows stand in the middle.
const UNLIKE: f64 = 8.0;

/// A list that was cut for the first time: some ranges after the newest page, and the oldest page from the other end.
pub(super) struct OpenCut {
    /// The first second after the gap.
    to: i64,
    /// Whether a range without an end was asked for as well, and how it would go on: if the oldest page tells nothing, it does.
    has_range: bool,
    held: Option<Held>,
    /// Ranges that have not answered yet.
    narrow: usize,
    /// Rows that they brought, and were expected to bring.
    brought: usize,
    expected: f64,
    /// Seconds that a page takes at the newer end, and at the older one.
    newer: f64,
    older: Option<(i64, f64)>,
}

/// A page that has a next one, and what to ask for next is not decided yet.
struct Held {
    span: Span,
    times: Vec<i64>,
    after: String,
}

impl OpenCut {
    /// Has the oldest page asked for beside the ranges of a list that was cut for the first time, where that can tell more than
    /// the last of them, which has no end. `order_is_kept` says what is known of the server.
    pub fn begin(spans: &mut Vec<Span>, page_size: usize, order_is_kept: Option<bool>) -> Option<Self> {
        let first = *spans.first()?;
        let narrow = spans.len().saturating_sub(1);
        let last = spans.last_mut().filter(|last| last.has_open_end())?;
        let width = first.to?.saturating_sub(first.from?);
        let cut = Self {
            to: last.to?,
            has_range: false,
            held: None,
            narrow,
            brought: 0,
            expected: FILL * page_size as f64 * narrow as f64,
            newer: width as f64 / FILL,
            older: None,
        };
        let oldest = Span { oldest_first: true, ..*last };
        match order_is_kept {
            Some(true) => {
                *last = oldest;
                Some(cut)
            }
            // Beside the range without an end, so that a server with one order only does not cost a round trip.
            None => {
                spans.push(oldest);
                Some(Self { has_range: true, narrow: narrow + 1, ..cut })
            }
            Some(false) => None,
        }
    }
}

impl Search<'_> {
    /// Keeps how the range without an end goes on until the oldest page came, where one is waited for; else gives it back.
    pub(super) fn hold(&mut self, index: usize, span: Span, times: &[i64], after: String) -> Option<String> {
        let open = self.edges.get_mut(index).and_then(|edge| edge.open.as_mut());
        let is_sorted = times.is_sorted_by(|left, right| left >= right);
        let (Some(open), Some(last), true) = (open, times.last(), is_sorted) else { return Some(after) };
        open.to = last.saturating_add(1);
        open.held = Some(Held { span, times: times.to_vec(), after });
        None
    }

    /// Takes in where the oldest page ends, once its rows are taken in.
    pub(super) async fn take_oldest(
        &mut self,
        index: usize,
        span: Span,
        generation: usize,
        created: &[Option<i64>],
        after: Option<String>,
    ) -> Result<(), GraphError> {
        let times: Vec<i64> = created.iter().copied().flatten().collect();
        let is_sorted = times.is_sorted();
        if times.first() != times.last() {
            self.client.dropped().note_order(is_sorted);
        }
        let Some(after) = after.filter(|_| is_sorted) else {
            if is_sorted {
                // The list ended: this was all of it.
                self.close(index);
            } else {
                tracing::info!("The server has one order only");
                self.end_is_open(index, span).await?;
            }
            return Ok(());
        };
        let (Some(first), Some(newest)) = (times.first().copied(), times.last().copied()) else {
            // Rows without a time lie in no range, so they are read in turn up to the first that has one.
            return self.follow(index, span, after, generation).await;
        };
        let size = self.asked_size(index).min(created.len().max(1)) as f64;
        let open = self.edges.get_mut(index).and_then(|edge| edge.open.as_mut());
        let Some(open) = open.filter(|open| newest < open.to) else {
            self.close(index);
            return Ok(());
        };
        // A few rows with a time behind many without one say little about how close they stand.
        let is_telling = 4 * times.len() > created.len() && first < newest;
        let older = if is_telling { first.abs_diff(newest) as f64 * size / times.len() as f64 } else { open.newer };
        open.older = Some((newest, older));
        self.cut_gap(index);
        Ok(())
    }

    /// Cuts what lies between the two ends of a list, as soon as all that tells how has come.
    fn cut_gap(&mut self, index: usize) {
        let Some(edge) = self.edges.get_mut(index) else { return };
        let ready = |open: &mut OpenCut| open.narrow == 0 && open.older.is_some();
        let Some(OpenCut { to, brought, expected, newer, older: Some((from, older)), .. }) = edge.open.take_if(ready) else {
            return;
        };
        let known = self.known(index, self.asked_size(index), Span::default(), 1, self.long_lists());
        let ratio = older.max(1.0) / newer.max(1.0);
        let is_even = brought as f64 >= expected / 2.0 && (1.0 / UNLIKE..UNLIKE).contains(&ratio);
        let pages = known.left.map(|left| left as f64 / known.page_size as f64);
        for span in gap::cut(&Gap { from, to, older, newer, pages, is_even }) {
            self.ask_edge(index, span, None, 2);
        }
    }

    /// Notes that a range was answered with so many rows.
    pub(super) fn note_range(&mut self, index: usize, span: Span, generation: usize, rows: usize) {
        let Some(edge) = self.edges.get_mut(index).filter(|_| !span.is_whole() && !span.oldest_first) else { return };
        edge.answered += 1;
        edge.ranged += rows;
        if let Some(open) = edge.open.as_mut().filter(|_| generation == 1) {
            open.narrow = open.narrow.saturating_sub(1);
            open.brought += if span.from.is_some() { rows } else { 0 };
        }
        self.cut_gap(index);
    }

    /// The oldest page did not show where the list ends: what is left is one range without an end, or what comes after it.
    pub(super) async fn end_is_open(&mut self, index: usize, span: Span) -> Result<(), GraphError> {
        let Some(open) = self.edges.get_mut(index).and_then(|edge| edge.open.take()) else { return Ok(()) };
        if let Some(Held { span, times, after }) = open.held {
            return self.go_on(index, span, 1, Some(times), after, self.long_lists()).await;
        }
        if !open.has_range {
            self.ask_edge(index, Span { oldest_first: false, ..span }, None, 1);
        }
        self.doubt_ranges(index);
        Ok(())
    }

    /// The list is cut no further from both ends.
    pub(super) fn close(&mut self, index: usize) {
        if let Some(edge) = self.edges.get_mut(index) {
            edge.open = None;
        }
        self.doubt_ranges(index);
    }
}
