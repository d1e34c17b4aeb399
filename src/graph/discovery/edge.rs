//! The accounts of one portfolio: the first page, then ranges of creation time side by side, or page after page.

use std::sync::Arc;

use jiff::Timestamp;

use futures_util::future::FutureExt;

use super::{FirstPage, IN_FLIGHT, MOST_IN_FLIGHT, Outcome, Search, Span, TOKEN_PATIENCE};
use crate::{
    domain::{
        PortfolioId, WabaId,
        account::{DiscoveryPath, FoundBy},
    },
    graph::{
        GraphError, LARGEST_PAGE, List,
        fields::{CLIENT, OWNED},
        gap::{self, Gap},
        page::Cursors,
        sizes::Sizes,
        span::{FILL, Known, Next, plan},
        wire::{Page, WireAccount},
    },
};

/// One portfolio's list of accounts.
pub(super) struct Edge {
    pub portfolio: PortfolioId,
    pub path: DiscoveryPath,
    pub list: Arc<List>,
    /// The cursor after the first page, to go back to when ranges turn out not to work.
    first_after: Option<String>,
    cursors: Cursors,
    /// Whether its first page has a next one.
    is_long: bool,
    /// Whether the list is read page after page, because the server ignores ranges.
    in_turn: bool,
    /// The first cut, until both ends of what it left over are known.
    open: Option<OpenCut>,
    /// Ranges that were asked for and not answered yet.
    pub pending: usize,
    /// Ranges that were answered, and the rows that they held.
    answered: usize,
    ranged: usize,
    /// Whether every range was empty although there is more: whatever comes in turn then shows that ranges do not work.
    mistrusted: bool,
    /// Rows that this list was the first to bring, or brought by this way for the first time.
    rows: usize,
    /// Pages in a row that brought nothing new although more were promised.
    barren: usize,
    is_circular: bool,
}

/// A list that was cut for the first time: some ranges after the newest page, and the oldest page from the other end.
struct OpenCut {
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

/// From this factor on between the two ends nobody knows how close rows stand in the middle.
const UNLIKE: f64 = 8.0;

/// Pages without anything new that are followed before a list is said to lead in a circle, beside those that repeat what is known.
const BARREN: usize = 3;

/// What Meta calls a portfolio's list.
pub(super) fn name(path: DiscoveryPath) -> &'static str {
    match path {
        DiscoveryPath::Client => CLIENT,
        _ => OWNED,
    }
}

impl Edge {
    pub fn new(portfolio: PortfolioId, path: DiscoveryPath, sizes: &Arc<Sizes>) -> Self {
        let list = List::new(format!("{portfolio}/{}", name(path)), |dropped, depth| dropped.account(depth)).learn_with(sizes);
        let list = if path == DiscoveryPath::Owned { list.fall_back_to_core() } else { list };
        Self {
            portfolio,
            path,
            list: Arc::new(list),
            first_after: None,
            cursors: Cursors::default(),
            is_long: false,
            in_turn: false,
            open: None,
            pending: 0,
            answered: 0,
            ranged: 0,
            mistrusted: false,
            rows: 0,
            barren: 0,
            is_circular: false,
        }
    }
}

impl Edge {
    /// Into how many parts a range with both ends is worth cutting: fewer, the more ranges held less than a page so far.
    fn worth(&self, page_size: usize) -> usize {
        let pages = self.ranged / page_size.max(1);
        let wasted = self.answered.saturating_sub(pages);
        (4 + pages / 2).saturating_sub(wasted).clamp(1, 8)
    }
}

/// Whether the answer says that a list cannot be had this way; a limit or the network say nothing about the way.
fn is_refusal(error: &GraphError) -> bool {
    let about_the_way = matches!(error, GraphError::Api(_) | GraphError::NotJson { .. } | GraphError::Unreadable { .. });
    about_the_way && error.limit().is_none() && !error.is_token_refused()
}

impl Search<'_> {
    /// Takes in a page of a portfolio's accounts, and asks for what comes after it.
    pub(super) async fn take_edge(
        &mut self,
        index: usize,
        span: Span,
        generation: usize,
        page: Result<Page<WireAccount>, GraphError>,
    ) -> Result<(), GraphError> {
        let Some(edge) = self.edges.get_mut(index) else { return Ok(()) };
        let (path, portfolio, in_turn) = (edge.path, edge.portfolio.clone(), edge.in_turn);
        if !span.is_whole() {
            edge.pending = edge.pending.saturating_sub(1);
        }
        let page = match page {
            Ok(page) => page,
            // The oldest page is a short cut; a range without an end does as well, and tells what is wrong.
            Err(_) if span.oldest_first && !in_turn => return self.end_is_open(index, span).await,
            Err(error) if !span.is_whole() && !in_turn && is_refusal(&error) => {
                tracing::info!(%portfolio, %error, "Ranges of creation time are refused; the list is read page after page");
                if error.code() == Some(100) {
                    self.client.dropped().note_ranges_ignored();
                }
                self.page_in_turn(index);
                return Ok(());
            }
            // Another range of a list that is read in turn by now: its rows come that way.
            Err(_) if !span.is_whole() && in_turn => return Ok(()),
            Err(error) => {
                self.note_range(index, span, generation, 0);
                return self.fail(path, Some(portfolio), None, error).await;
            }
        };
        let created: Vec<Option<i64>> = page.rows.iter().map(|row| row.created().map(Timestamp::as_second)).collect();
        let times: Option<Vec<i64>> = created.iter().copied().collect();
        let new = self.take_rows(page.rows, FoundBy::one(path), Some(&portfolio)).await?;
        self.note_rows(index, new, page.after.is_some());
        if span.oldest_first {
            if !in_turn {
                self.take_oldest(index, span, generation, &created, page.after.map(String::from)).await?;
            }
            return Ok(());
        }
        if !span.is_whole() {
            if in_turn {
                return Ok(());
            }
            let obeyed = times.as_ref().is_some_and(|times| times.iter().all(|time| span.holds(*time)));
            if !obeyed {
                tracing::info!(%portfolio, "The server ignores ranges of creation time; its list is read page after page");
                self.client.dropped().note_ranges_ignored();
                self.page_in_turn(index);
                return Ok(());
            }
        }
        let Some(after) = page.after.map(String::from) else {
            if span.from.is_none() && !span.is_whole() {
                self.close(index);
            }
            self.note_range(index, span, generation, created.len());
            self.doubt_ranges(index);
            return Ok(());
        };
        let open =
            self.edges.get_mut(index).and_then(|edge| edge.open.as_mut()).filter(|_| generation == 1 && span.from.is_none());
        if let (Some(open), Some(times), false) = (open, &times, span.is_whole())
            && let Some(last) = times.last()
            && times.is_sorted_by(|left, right| left >= right)
        {
            open.to = last.saturating_add(1);
            open.held = Some(Held { span, times: times.clone(), after });
            self.note_range(index, span, generation, created.len());
            return Ok(());
        }
        self.note_range(index, span, generation, created.len());
        let is_first = span.is_whole() && generation == 0 && !in_turn;
        if is_first {
            self.first_pages.push(FirstPage { edge: index, times, after });
            if self.token_answered {
                if !self.gathers {
                    self.go_on_after_first_pages().await?;
                }
            } else if self.first_pages.len() == 1 {
                let wait = async {
                    tokio::time::sleep(TOKEN_PATIENCE).await;
                    Outcome::Waited
                };
                self.jobs.push_front(wait.boxed());
            }
            return Ok(());
        }
        let lists = self.long_lists();
        self.go_on(index, span, generation, times.filter(|_| !in_turn), after, lists).await
    }

    /// Decides how to go on with the lists whose first pages came.
    pub(super) async fn go_on_after_first_pages(&mut self) -> Result<(), GraphError> {
        let first_pages = std::mem::take(&mut self.first_pages);
        for first in &first_pages {
            if let Some(edge) = self.edges.get_mut(first.edge) {
                edge.is_long = true;
            }
        }
        let lists = self.long_lists();
        for FirstPage { edge, times, after } in first_pages {
            self.go_on(edge, Span::default(), 0, times, after, lists).await?;
        }
        Ok(())
    }

    fn long_lists(&self) -> usize {
        self.edges.iter().filter(|edge| edge.is_long).count().max(1)
    }

    async fn go_on(
        &mut self,
        index: usize,
        span: Span,
        generation: usize,
        times: Option<Vec<i64>>,
        after: String,
        lists: usize,
    ) -> Result<(), GraphError> {
        let Some(times) = times.filter(|_| !self.client.dropped().ranges_are_ignored()) else {
            return self.follow(index, span, after, generation).await;
        };
        let known = self.known(index, times.len(), span, generation, lists);
        // As many rows under way at the same time as with pages of the size that was asked for.
        let small = self.asked_size(index) / known.page_size;
        self.in_flight = self.in_flight.max(IN_FLIGHT * small).min(MOST_IN_FLIGHT);
        let mut spans = match plan(&times, &known) {
            Next::Follow => return self.follow(index, span, after, generation).await,
            Next::Split(spans) => spans,
        };
        let order_is_kept = self.client.dropped().order_is_kept();
        if let Some(edge) = self.edges.get_mut(index)
            && span.is_whole()
        {
            edge.first_after = Some(after);
            let narrow = spans.len().saturating_sub(1);
            let width = spans.first().and_then(|first| Some(first.to?.saturating_sub(first.from?)));
            if let (Some(last), Some(width)) = (spans.last_mut(), width)
                && let (None, Some(to)) = (last.from, last.to)
            {
                let oldest = Span { oldest_first: true, ..*last };
                let expected = FILL * known.page_size as f64 * narrow as f64;
                let newer = width as f64 / FILL;
                let cut = OpenCut { to, has_range: false, held: None, narrow, brought: 0, expected, newer, older: None };
                match order_is_kept {
                    Some(true) => {
                        *last = oldest;
                        edge.open = Some(cut);
                    }
                    // Beside the range without an end, so that a server with one order only does not cost a round trip.
                    None => {
                        spans.push(oldest);
                        edge.open = Some(OpenCut { has_range: true, narrow: narrow + 1, ..cut });
                    }
                    Some(false) => {}
                }
            }
        }
        for span in spans {
            self.ask_edge(index, span, None, generation + 1);
        }
        Ok(())
    }

    /// Takes in where the oldest page ends, once its rows are taken in.
    async fn take_oldest(
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
        let known = self.known(index, self.asked_size(index), Span::default(), 1, self.long_lists());
        let Some(edge) = self.edges.get_mut(index) else { return };
        let ready = |open: &mut OpenCut| open.narrow == 0 && open.older.is_some();
        let Some(OpenCut { to, brought, expected, newer, older: Some((from, older)), .. }) = edge.open.take_if(ready) else {
            return;
        };
        let ratio = older.max(1.0) / newer.max(1.0);
        let is_even = brought as f64 >= expected / 2.0 && (1.0 / UNLIKE..UNLIKE).contains(&ratio);
        let pages = known.left.map(|left| left as f64 / known.page_size as f64);
        for span in gap::cut(&Gap { from, to, older, newer, pages, is_even }) {
            self.ask_edge(index, span, None, 2);
        }
    }

    /// Notes that a range was answered with so many rows.
    fn note_range(&mut self, index: usize, span: Span, generation: usize, rows: usize) {
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
    async fn end_is_open(&mut self, index: usize, span: Span) -> Result<(), GraphError> {
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
    fn close(&mut self, index: usize) {
        if let Some(edge) = self.edges.get_mut(index) {
            edge.open = None;
        }
        self.doubt_ranges(index);
    }

    /// A server that understands ranges otherwise than expected may find nothing in any: then its list is read in turn.
    fn doubt_ranges(&mut self, index: usize) {
        let Some(edge) = self.edges.get_mut(index) else { return };
        let all_empty = edge.pending == 0 && edge.open.is_none() && edge.answered > 0 && edge.ranged == 0;
        if all_empty && edge.first_after.is_some() && !edge.in_turn {
            edge.mistrusted = true;
            self.page_in_turn(index);
        }
    }

    /// Notes whether a page brought anything new.
    fn note_rows(&mut self, index: usize, new: usize, more: bool) {
        let Some(edge) = self.edges.get_mut(index) else { return };
        edge.rows += new;
        edge.barren = if new > 0 { 0 } else { edge.barren + usize::from(more) };
        if new > 0 && edge.mistrusted && edge.in_turn {
            self.client.dropped().note_ranges_ignored();
        }
    }

    async fn follow(&mut self, index: usize, span: Span, after: String, generation: usize) -> Result<(), GraphError> {
        let size = self.asked_size(index);
        let Some(edge) = self.edges.get_mut(index) else { return Ok(()) };
        // A cursor belongs to its range. Some lists lead in a circle by ever new cursors: those show by rows that are known.
        let marked = format!("{span:?}{after}");
        if edge.barren <= edge.rows / size + BARREN && edge.cursors.is_new(&marked) {
            self.ask_edge(index, span, Some(after), generation + 1);
            return Ok(());
        }
        if std::mem::replace(&mut edge.is_circular, true) {
            return Ok(());
        }
        let (path, portfolio) = (edge.path, edge.portfolio.clone());
        let reason = "its list leads in a circle, so that accounts may be missing".to_owned();
        let error = GraphError::Unreadable { host: self.client.host().to_owned(), status: 200, reason };
        self.fail(path, Some(portfolio), None, error).await
    }

    fn known(&self, index: usize, rows: usize, span: Span, generation: usize, lists: usize) -> Known {
        // A page with a next one is full: where it holds fewer rows than it was asked for, the server has a limit of its own.
        let page_size = rows.clamp(1, self.asked_size(index));
        // The ids that the token was granted tell how many accounts there are, as long as they are not "all".
        let granted = self.token.as_ref().filter(|token| !token.granted_for_all && !token.granted.is_empty());
        let unread = |ids: &[WabaId]| ids.iter().filter(|id| !self.found.contains_key(*id)).count();
        Known {
            span,
            page_size,
            left: granted.map(|token| unread(&token.granted) / lists),
            generation,
            most: self.edges.get(index).map_or(1, |edge| edge.worth(page_size)),
            lists,
            now: Timestamp::now().as_second().saturating_add(1),
        }
    }

    /// Rows that a page of the list is asked for.
    fn asked_size(&self, index: usize) -> usize {
        let size = self.edges.get(index).map_or(LARGEST_PAGE, |edge| edge.list.page_size());
        usize::try_from(size).unwrap_or(1).max(1)
    }

    fn page_in_turn(&mut self, index: usize) {
        let Some(edge) = self.edges.get_mut(index) else { return };
        if !std::mem::replace(&mut edge.in_turn, true) {
            let after = edge.first_after.take();
            self.ask_edge(index, Span::default(), after, 0);
        }
    }
}
