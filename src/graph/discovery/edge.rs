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
        page::Cursors,
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
}

impl Edge {
    pub fn new(portfolio: PortfolioId, path: DiscoveryPath) -> Self {
        let name = match path {
            DiscoveryPath::Client => CLIENT,
            _ => OWNED,
        };
        let list = List::new(format!("{portfolio}/{name}"), |dropped, depth| dropped.account(depth))
            .with("sort", "creation_time_descending");
        let list = if path == DiscoveryPath::Owned { list.fall_back_to_core() } else { list };
        Self {
            portfolio,
            path,
            list: Arc::new(list),
            first_after: None,
            cursors: Cursors::default(),
            is_long: false,
            in_turn: false,
        }
    }
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
        let Some(edge) = self.edges.get(index) else { return Ok(()) };
        let (path, portfolio, in_turn) = (edge.path, edge.portfolio.clone(), edge.in_turn);
        let page = match page {
            Ok(page) => page,
            Err(error) if !span.is_whole() && error.code() == Some(100) => {
                self.page_in_turn(index);
                return Ok(());
            }
            // Another range of a list that is read in turn by now: its rows come that way.
            Err(_) if !span.is_whole() && in_turn => return Ok(()),
            Err(error) => return self.fail(path, Some(portfolio), None, error).await,
        };
        let times: Option<Vec<i64>> = page.rows.iter().map(|row| row.created().map(Timestamp::as_second)).collect();
        self.take_rows(page.rows, FoundBy::one(path), Some(&portfolio)).await?;
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
        let Some(after) = page.after.map(String::from) else { return Ok(()) };
        let is_first = span.is_whole() && generation == 0 && !in_turn;
        if is_first {
            self.first_pages.push(FirstPage { edge: index, times, after });
            if self.token_answered {
                self.go_on_after_first_pages();
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
        self.go_on(index, span, generation, times.filter(|_| !in_turn), after, lists);
        Ok(())
    }

    /// Decides how to go on with the lists whose first pages came.
    pub(super) fn go_on_after_first_pages(&mut self) {
        let first_pages = std::mem::take(&mut self.first_pages);
        for first in &first_pages {
            if let Some(edge) = self.edges.get_mut(first.edge) {
                edge.is_long = true;
            }
        }
        let lists = self.long_lists();
        for FirstPage { edge, times, after } in first_pages {
            self.go_on(edge, Span::default(), 0, times, after, lists);
        }
    }

    fn long_lists(&self) -> usize {
        self.edges.iter().filter(|edge| edge.is_long).count().max(1)
    }

    fn go_on(&mut self, index: usize, span: Span, generation: usize, times: Option<Vec<i64>>, after: String, lists: usize) {
        let next = match times.filter(|_| !self.client.dropped().ranges_are_ignored()) {
            Some(times) => {
                let known = self.known(index, times.len(), span, generation, lists);
                // As many rows under way at the same time as with pages of the size that was asked for.
                let small = self.asked_size(index) / known.page_size;
                self.in_flight = self.in_flight.max(IN_FLIGHT * small).min(MOST_IN_FLIGHT);
                plan(&times, &known)
            }
            None => Next::Follow,
        };
        match next {
            Next::Follow => self.follow(index, span, after, generation),
            Next::Split(spans) => {
                if let Some(edge) = self.edges.get_mut(index)
                    && span.is_whole()
                {
                    edge.first_after = Some(after);
                }
                for span in spans {
                    self.ask_edge(index, span, None, generation + 1);
                }
            }
        }
    }

    fn follow(&mut self, index: usize, span: Span, after: String, generation: usize) {
        let Some(edge) = self.edges.get_mut(index) else { return };
        // A cursor belongs to its range.
        let marked = format!("{span:?}{after}");
        if edge.cursors.is_new(&marked) {
            self.ask_edge(index, span, Some(after), generation + 1);
        }
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
