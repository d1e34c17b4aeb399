//! Takes in what the requests bring: rows once each, ids that still have to be read, ways that failed.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Asked, Found, NESTED_ACCOUNTS, NESTED_PORTFOLIOS, Nested, Outcome, Search};
use crate::{
    domain::{
        Account, PhoneNumber, PortfolioId, WabaId,
        account::{DiscoveryPath, FoundBy},
    },
    graph::{
        GraphError, accounts,
        fields::{CLIENT, OWNED},
        token::TokenInfo,
        wire::{Page, WireAccount, WireBusiness},
    },
};
use futures_util::future::FutureExt;

impl Search<'_> {
    pub(super) async fn take(&mut self, outcome: Outcome) -> Result<(), GraphError> {
        match outcome {
            Outcome::Token(token) => self.take_token(token).await,
            Outcome::Waited => self.go_on_after_first_pages().await,
            Outcome::Portfolios { asked, page } => self.take_portfolios(asked, page).await,
            Outcome::Lists { lists, pages } => self.take_lists(lists, pages).await,
            Outcome::Assigned(page) => self.take_assigned(page).await,
            Outcome::Edge { edge, span, generation, page } => self.take_edge(edge, span, generation, page).await,
            Outcome::Batch { ids, rows } => self.take_batch(ids, rows).await,
            Outcome::Single { id, row } => self.take_read(vec![(id, *row)]).await,
            Outcome::Numbers { account, numbers } => self.take_numbers(*account, numbers).await,
        }
    }

    /// Tells of a failure and goes on, unless no other request can do better.
    pub(super) async fn fail(
        &mut self,
        path: DiscoveryPath,
        portfolio: Option<PortfolioId>,
        account: Option<WabaId>,
        error: GraphError,
    ) -> Result<(), GraphError> {
        if error.is_token_refused() {
            return Err(error);
        }
        tracing::info!(?path, %error, "A way to find accounts failed");
        self.failures += 1;
        self.first_failure.get_or_insert_with(|| error.clone());
        self.send(Found::Failed { path, portfolio, account, error }).await;
        Ok(())
    }

    /// A closed sink means that nobody waits any more; the search notices by itself.
    async fn send(&mut self, found: Found) {
        let _ = self.sink.send(found).await;
    }

    async fn take_token(&mut self, token: Result<TokenInfo, GraphError>) -> Result<(), GraphError> {
        self.token_answered = true;
        match token {
            Ok(token) => {
                self.claim(&token.granted, DiscoveryPath::Granted).await;
                self.token = Some(token);
            }
            Err(error) => self.fail(DiscoveryPath::Granted, None, None, error).await?,
        }
        self.go_on_with_assigned();
        self.go_on_after_first_pages().await
    }

    /// Notes ids that a way named; rows that went out before are told to be found this way, too.
    async fn claim(&mut self, ids: &[WabaId], path: DiscoveryPath) {
        let way = FoundBy::one(path);
        let mut also = Vec::new();
        for id in ids {
            match self.found.get_mut(id) {
                Some(found_by) if found_by.contains(path) => {}
                Some(found_by) => {
                    *found_by = found_by.union(way);
                    also.push((id.clone(), *found_by));
                }
                None => {
                    let claim = self.claims.entry(id.clone()).or_default();
                    *claim = claim.union(way);
                }
            }
        }
        if !also.is_empty() {
            self.send(Found::Also(also)).await;
        }
    }

    async fn take_portfolios(&mut self, asked: Asked, page: Result<Page<WireBusiness>, GraphError>) -> Result<(), GraphError> {
        let nested = asked.nested;
        let page = match page {
            Ok(page) => page,
            Err(error) if error.is_token_refused() => return Err(error),
            Err(error) => return self.portfolios_failed(asked, error).await,
        };
        let after = page.after.map(String::from).filter(|after| self.listed.is_new(&format!("{nested:?}{after}")));
        let portfolios = page.rows.len().max(1);
        let (mut accounts, mut alone) = (0, Vec::new());
        self.gathers = true;
        for mut row in page.rows {
            let owned = std::mem::take(&mut row.owned_whatsapp_business_accounts);
            let clients = std::mem::take(&mut row.client_whatsapp_business_accounts);
            let Some(portfolio) = row.into_portfolio() else { continue };
            self.know(&portfolio);
            let (path, list) = match nested {
                Nested::Owned => (DiscoveryPath::Owned, Some(owned)),
                Nested::Client => (DiscoveryPath::Client, Some(clients)),
                Nested::Nothing => (DiscoveryPath::Owned, None),
            };
            match list {
                Some(list) if list.present => {
                    let [owned_well, clients_well] = &mut self.nested_well;
                    *(if path == DiscoveryPath::Client { clients_well } else { owned_well }) = true;
                    accounts += list.rows.len();
                    if let Some(edge) = self.add_edge(&portfolio.id, path) {
                        self.take_edge(edge, super::Span::default(), 0, Ok(list)).await?;
                    }
                }
                Some(_) => self.absent.push((portfolio.id.clone(), path)),
                None => alone.push((portfolio.id.clone(), path)),
            }
            if self.clients_by_one {
                alone.push((portfolio.id, DiscoveryPath::Client));
            }
        }
        self.go_on_with_gathered().await?;
        self.ask_lists(alone);
        if nested != Nested::Nothing {
            self.client.dropped().sizes().succeeded(asked.halvings);
        }
        if after.is_some() {
            // Where portfolios have few accounts each, more of them fit into an answer.
            let fit = NESTED_ACCOUNTS * portfolios / accounts.max(1);
            let fit = u32::try_from(fit).unwrap_or(asked.most).clamp(asked.portfolios, asked.most);
            self.ask_portfolios_as(Asked { after, portfolios: fit, ..asked });
        } else {
            // No other portfolio will show any more whether this way works.
            self.ask_absent(if nested == Nested::Client { DiscoveryPath::Client } else { DiscoveryPath::Owned });
        }
        Ok(())
    }

    /// Lists of many portfolios came in one answer, each as the first page of its own.
    async fn take_lists(
        &mut self,
        lists: Vec<(PortfolioId, DiscoveryPath)>,
        pages: Result<Vec<Result<Page<WireAccount>, GraphError>>, GraphError>,
    ) -> Result<(), GraphError> {
        let pages = match pages {
            Ok(pages) => pages,
            Err(error) if error.is_token_refused() => return Err(error),
            Err(error) => {
                tracing::info!(%error, "Batches do not work here; lists are read one by one");
                self.batches_work = false;
                lists.iter().for_each(|(portfolio, path)| self.ask_list(portfolio, *path));
                return Ok(());
            }
        };
        self.gathers = true;
        for ((portfolio, path), page) in lists.into_iter().zip(pages) {
            match page {
                Ok(page) if page.present => {
                    if let Some(edge) = self.add_edge(&portfolio, path) {
                        self.take_edge(edge, super::Span::default(), 0, Ok(page)).await?;
                    }
                }
                // A hundred lists with one reason are told once. What a portfolio owns may be readable with fewer fields.
                Err(error) if path == DiscoveryPath::Client && error.is_denied() => {
                    if self.denials.insert(error.code()) {
                        self.fail(path, Some(portfolio), None, error).await?;
                    }
                }
                Ok(_) | Err(_) => self.ask_list(&portfolio, path),
            }
        }
        self.go_on_with_gathered().await
    }

    /// Goes on with the lists whose first pages came in one answer.
    async fn go_on_with_gathered(&mut self) -> Result<(), GraphError> {
        self.gathers = false;
        if self.token_answered {
            self.go_on_after_first_pages().await?;
        }
        Ok(())
    }

    /// Portfolios with a list nested failed: less is asked for at once, or the list portfolio by portfolio, where that can help.
    async fn portfolios_failed(&mut self, asked: Asked, error: GraphError) -> Result<(), GraphError> {
        if asked.nested != Nested::Nothing && error.is_too_much_data() {
            if asked.portfolios > NESTED_PORTFOLIOS {
                self.ask_portfolios_as(Asked { portfolios: NESTED_PORTFOLIOS, most: NESTED_PORTFOLIOS, ..asked });
                return Ok(());
            }
            let sizes = self.client.dropped().sizes();
            sizes.failed(asked.halvings);
            if asked.portfolios > 1 {
                // Far fewer portfolios, and fewer accounts of each: of ten two, then one.
                let halvings = sizes.halvings(asked.halvings + 1);
                self.ask_portfolios_as(Asked { portfolios: asked.portfolios / NESTED_PORTFOLIOS + 1, halvings, ..asked });
                return Ok(());
            }
        }
        match asked.nested {
            Nested::Owned if self.nesting_is_hopeless(OWNED, &error) => {
                self.ask_portfolios(None, Nested::Nothing);
                Ok(())
            }
            Nested::Client => {
                self.nesting_is_hopeless(CLIENT, &error);
                self.clients_by_one = true;
                let known = self.portfolios.keys().map(|portfolio| (portfolio.clone(), DiscoveryPath::Client)).collect();
                self.ask_lists(known);
                Ok(())
            }
            Nested::Owned | Nested::Nothing => self.fail(DiscoveryPath::Owned, None, None, error).await,
        }
    }

    async fn take_assigned(&mut self, page: Result<Page<WireAccount>, GraphError>) -> Result<(), GraphError> {
        let page = match page {
            Ok(page) => page,
            Err(error) => return self.fail(DiscoveryPath::Assigned, None, None, error).await,
        };
        let ids: Vec<WabaId> = page.rows.iter().filter_map(|row| row.id().cloned()).collect();
        self.claim(&ids, DiscoveryPath::Assigned).await;
        self.assigned_after = page.after.filter(|after| self.assigned.is_new(after)).map(String::from);
        self.go_on_with_assigned();
        Ok(())
    }

    /// The list of assigned accounts is long and sequential. Where the token names its accounts one by one, it can name
    /// no other, so its first page is enough.
    fn go_on_with_assigned(&mut self) {
        let named = self.token.as_ref().is_some_and(|token| !token.granted_for_all && !token.granted.is_empty());
        if self.token_answered
            && !named
            && let Some(after) = self.assigned_after.take()
        {
            self.ask_assigned(Some(after));
        }
    }

    /// Sends rows on, each account once. Returns how many were not known by these ways yet.
    pub(super) async fn take_rows(
        &mut self,
        rows: Vec<WireAccount>,
        found_by: FoundBy,
        portfolio: Option<&PortfolioId>,
    ) -> Result<usize, GraphError> {
        let now = Timestamp::now();
        let mut accounts = Vec::with_capacity(rows.len());
        let mut also = Vec::new();
        for row in rows {
            let has_more_numbers = row.has_more_numbers;
            let Some(mut account) = row.into_account(found_by, now) else { continue };
            if let Some(before) = self.found.get_mut(&account.id) {
                let all = before.union(found_by);
                if all != *before {
                    *before = all;
                    also.push((account.id, all));
                }
                continue;
            }
            self.client.dropped().mark_unread(&mut account);
            self.complete_portfolio(&mut account, portfolio);
            if let Some(claim) = self.claims.remove(&account.id) {
                account.found_by = account.found_by.union(claim);
            }
            if has_more_numbers {
                self.ask_numbers(account.clone());
            }
            self.found.insert(account.id.clone(), account.found_by);
            accounts.push(account);
        }
        let new = accounts.len() + also.len();
        if !accounts.is_empty() {
            self.send(Found::Rows(accounts)).await;
        }
        if !also.is_empty() {
            self.send(Found::Also(also)).await;
        }
        Ok(new)
    }

    /// Adds what the portfolio's own node told to what the account says of its owner, and shares what others say alike.
    fn complete_portfolio(&mut self, account: &mut Account, listed_by: Option<&PortfolioId>) {
        let owns = account.found_by.contains(DiscoveryPath::Owned);
        match &mut account.portfolio {
            None if owns => account.portfolio = listed_by.and_then(|id| self.portfolios.get(id)).cloned(),
            None => {}
            Some(owner) => {
                if let Some(known) = self.portfolios.get(&owner.id) {
                    let lacks_terms = !owner.terms.is_known();
                    if owner.name.is_empty() || lacks_terms {
                        let owner = Arc::make_mut(owner);
                        if owner.name.is_empty() {
                            owner.name.clone_from(&known.name);
                        }
                        if lacks_terms {
                            owner.terms.clone_from(&known.terms);
                            owner.terms_since = known.terms_since;
                        }
                    }
                }
                if listed_by.is_none() {
                    let entry = self.owners.entry(owner.id.clone()).or_insert_with(|| (Arc::clone(owner), 0));
                    entry.1 += 1;
                }
            }
        }
        self.alike.share(account);
    }

    fn ask_numbers(&mut self, account: Account) {
        let client = self.client;
        let job = async move {
            let numbers = accounts::numbers(client, &account.id).await;
            Outcome::Numbers { account: Box::new(account), numbers }
        };
        self.jobs.push_back(job.boxed());
    }

    async fn take_numbers(
        &mut self,
        mut account: Account,
        numbers: Result<Vec<PhoneNumber>, GraphError>,
    ) -> Result<(), GraphError> {
        match numbers {
            Ok(numbers) => {
                account.numbers = numbers;
                account.found_by = self.found.get(&account.id).copied().unwrap_or(account.found_by);
                self.send(Found::Rows(vec![account])).await;
                Ok(())
            }
            Err(error) => {
                let path = account.found_by.iter().next().unwrap_or(DiscoveryPath::Manual);
                self.fail(path, None, Some(account.id), error).await
            }
        }
    }

    async fn take_batch(
        &mut self,
        ids: Vec<WabaId>,
        rows: Result<Vec<Result<Account, GraphError>>, GraphError>,
    ) -> Result<(), GraphError> {
        match rows {
            Ok(rows) => self.take_read(ids.into_iter().zip(rows).collect()).await,
            Err(error) if error.is_token_refused() => Err(error),
            // A server without batches; what is wrong with the network shows again, one by one.
            Err(error)
                if error.api().is_some() || matches!(error, GraphError::NotJson { .. } | GraphError::Unreadable { .. }) =>
            {
                tracing::info!(%error, "Batches do not work here; accounts are read one by one");
                self.batches_work = false;
                self.read_singly(&ids);
                Ok(())
            }
            Err(error) => {
                let path = self.way_of(ids.first());
                for id in &ids {
                    self.claims.remove(id);
                }
                self.fail(path, None, None, error).await
            }
        }
    }

    fn way_of(&self, id: Option<&WabaId>) -> DiscoveryPath {
        let claim = id.and_then(|id| self.claims.get(id));
        claim.and_then(|claim| claim.iter().next()).unwrap_or(DiscoveryPath::Manual)
    }

    /// Takes in accounts that were read by their ids.
    async fn take_read(&mut self, read: Vec<(WabaId, Result<Account, GraphError>)>) -> Result<(), GraphError> {
        let mut accounts = Vec::new();
        let mut told = std::collections::HashSet::new();
        for (id, row) in read {
            let claim = self.claims.remove(&id).unwrap_or_default();
            match row {
                Ok(mut account) => {
                    account.found_by = claim;
                    self.complete_portfolio(&mut account, None);
                    self.found.insert(account.id.clone(), claim);
                    accounts.push(account);
                }
                Err(error) => {
                    let path = claim.iter().next().unwrap_or(DiscoveryPath::Manual);
                    if error.is_token_refused() {
                        return Err(error);
                    }
                    // A thousand accounts with one reason are told once.
                    if told.insert((path, error.code())) {
                        self.fail(path, None, Some(id), error).await?;
                    }
                }
            }
        }
        if !accounts.is_empty() {
            self.send(Found::Rows(accounts)).await;
        }
        Ok(())
    }
}
