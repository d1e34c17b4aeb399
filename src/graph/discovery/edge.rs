//! The accounts of one portfolio: the first page, then ranges of creation time side by side, or page after page.

use std::sync::Arc;

use jiff::Timestamp;

use futures_util::future::FutureExt;

use super::{FirstPage, IN_FLIGHT, MOST_IN_FLIGHT, Outcome, Search, Span, TOKEN_PATIENCE, ends::OpenCut};
use crate::{
    domain::{
        PortfolioId, WabaId,
        account::{DiscoveryPath, FoundBy},
    },
    graph::{
        GraphError, LARGEST_PAGE, List,
        fields::{CLIENT, OWNED},
        page::Cursors,
        sizes::Sizes,
        span::{Known, Next, plan},
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
    pub open: Option<OpenCut>,
    /// Ranges that were asked for and not answered yet.
    pub pending: usize,
    /// Ranges that were answered, and the rows that they held.
    pub answered: usize,
    pub ranged: usize,
    /// Whether every range was empty although there is more: whatever comes in turn then shows that ranges do not work.
    mistrusted: bool,
    /// Rows that this list was the first to bring, or brought by this way for the first time.
    rows: usize,
    /// Pages in a row that brought nothing new although more were promised.
    barren: usize,
    is_circular: bool,
}

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
            if span.has_open_end() {
                self.close(index);
            }
            self.note_range(index, span, generation, created.len());
            self.doubt_ranges(index);
            return Ok(());
        };
        let after = match times.as_deref().filter(|_| generation == 1 && span.has_open_end()) {
            Some(times) => self.hold(index, span, times, after),
            None => Some(after),
        };
        self.note_range(index, span, generation, created.len());
        let Some(after) = after else { return Ok(()) };
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

    pub(super) fn long_lists(&self) -> usize {
        self.edges.iter().filter(|edge| edge.is_long).count().max(1)
    }

    pub(super) async fn go_on(
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
        if span.is_whole()
            && let Some(edge) = self.edges.get_mut(index)
        {
            edge.first_after = Some(after);
            edge.open = OpenCut::begin(&mut spans, known.page_size, self.client.dropped().order_is_kept());
        }
        for span in spans {
            self.ask_edge(index, span, None, generation + 1);
        }
        Ok(())
    }

    /// A server that understands ranges otherwise than expected may find nothing in any: then its list is read in turn.
    pub(super) fn doubt_ranges(&mut self, index: usize) {
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

    pub(super) async fn follow(&mut self, index: usize, span: Span, after: String, generation: usize) -> Result<(), GraphError> {
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

    pub(super) fn known(&self, index: usize, rows: usize, span: Span, generation: usize, lists: usize) -> Known {
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
    pub(super) fn asked_size(&self, index: usize) -> usize {
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
