//! Finds every account that a token sees, by all the ways that Meta offers, merged.
//!
//! The ways run together, a bounded number of requests at a time; a way that fails says so and the others go on. Rows
//! leave as they arrive, once each: what another way finds again is only told as such. Dropping the future stops it all.

mod alike;
mod edge;
mod ends;
mod intake;

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::Arc,
    time::Duration,
};

use futures_util::{
    StreamExt,
    future::{BoxFuture, FutureExt},
    stream::FuturesUnordered,
};
use tokio::sync::mpsc;

use super::{
    Client, Depth, GraphError, LARGEST_PAGE, List, accounts,
    batch::LARGEST_BATCH,
    fields::{CLIENT, Node, OWNED},
    page::Cursors,
    sizes::Sizes,
    span::Span,
    token::{self, TokenInfo},
    wire::{Page, WireAccount, WireBusiness},
};
use crate::domain::{
    Account, PhoneNumber, PortfolioId, WabaId,
    account::{DiscoveryPath, FoundBy, Portfolio},
};
use alike::Alike;
use edge::Edge;

/// Requests in flight at the same time, when pages are as large as they may be.
const IN_FLIGHT: usize = 16;
/// The most at the same time where the server hands out smaller pages.
const MOST_IN_FLIGHT: usize = 40;
/// Portfolios that are read with their accounts in one answer.
const NESTED_PORTFOLIOS: u32 = 10;
/// Accounts that a page of portfolios is meant to bring at most, once it is known how many each has.
const NESTED_ACCOUNTS: usize = 400;
/// Lists that are asked for one by one; more are asked for by batch.
const FEW_LISTS: usize = 8;
/// How long the first pages wait for the token's answer, which was asked at the same time.
const TOKEN_PATIENCE: Duration = Duration::from_millis(40);
/// Portfolios that are only known as owners of what was found, and asked what else they own.
const MOST_OWNERS: usize = 10;

/// What was given by hand, as a last resort.
#[derive(Debug, Clone, Default)]
pub struct ByHand {
    /// Portfolios.
    pub portfolios: Vec<PortfolioId>,
    /// Accounts.
    pub accounts: Vec<WabaId>,
}

/// What was found on the way.
#[derive(Debug)]
pub enum Found {
    /// Accounts, each for the first time, or again with more numbers.
    Rows(Vec<Account>),
    /// Accounts that came before were found by these ways, too (all of their ways are named).
    Also(Vec<(WabaId, FoundBy)>),
    /// A way, or a part of it, failed; the others go on.
    Failed {
        /// The way.
        path: DiscoveryPath,
        /// Whose list it was, where it was a portfolio's.
        portfolio: Option<PortfolioId>,
        /// Which account could not be read, where it was a single one.
        account: Option<WabaId>,
        /// Why.
        error: GraphError,
    },
}

/// How it ended.
#[derive(Debug, Default)]
pub struct Discovery {
    /// Accounts found.
    pub accounts: usize,
    /// Portfolios asked.
    pub portfolios: usize,
    /// What the token is, where Meta told.
    pub token: Option<TokenInfo>,
    /// Ways that failed, or failed in part.
    pub failures: usize,
}

/// Finds everything; rows and failures go into the sink as they come.
///
/// # Errors
/// When the token is refused, or when every way failed and nothing was found: then the first way's error.
pub async fn discover(client: &Client, by_hand: &ByHand, sink: mpsc::Sender<Found>) -> Result<Discovery, GraphError> {
    let mut search = Search {
        client,
        sink,
        jobs: VecDeque::new(),
        edges: Vec::new(),
        found: HashMap::new(),
        claims: HashMap::new(),
        owners: HashMap::new(),
        portfolios: HashMap::new(),
        alike: Alike::default(),
        assigned: Cursors::default(),
        listed: Cursors::default(),
        first_pages: Vec::new(),
        clients_by_one: false,
        absent: Vec::new(),
        gathers: false,
        nested_well: [false; 2],
        denials: HashSet::new(),
        token: None,
        token_answered: false,
        assigned_after: None,
        asked_owners: false,
        batches_work: true,
        failures: 0,
        first_failure: None,
        in_flight: IN_FLIGHT,
    };
    client.dropped().sizes().forget_half();
    search.begin(by_hand);
    search.run().await
}

/// What a finished request brought.
enum Outcome {
    Token(Result<TokenInfo, GraphError>),
    Portfolios {
        asked: Asked,
        page: Result<Page<WireBusiness>, GraphError>,
    },
    /// Lists of many portfolios, read in one request.
    Lists {
        lists: Vec<(PortfolioId, DiscoveryPath)>,
        pages: Result<Vec<Result<Page<WireAccount>, GraphError>>, GraphError>,
    },
    /// The token was waited for long enough.
    Waited,
    Assigned(Result<Page<WireAccount>, GraphError>),
    Edge {
        edge: usize,
        span: Span,
        generation: usize,
        page: Result<Page<WireAccount>, GraphError>,
    },
    Batch {
        ids: Vec<WabaId>,
        rows: Result<Vec<Result<Account, GraphError>>, GraphError>,
    },
    Single {
        id: WabaId,
        row: Box<Result<Account, GraphError>>,
    },
    Numbers {
        account: Box<Account>,
        numbers: Result<Vec<PhoneNumber>, GraphError>,
    },
}

/// Which list of accounts comes nested with the portfolios.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nested {
    Owned,
    Client,
    Nothing,
}

impl Nested {
    fn edge(self) -> Option<&'static str> {
        match self {
            Self::Owned => Some(OWNED),
            Self::Client => Some(CLIENT),
            Self::Nothing => None,
        }
    }
}

/// A page of portfolios, as it was asked for.
#[derive(Debug, Clone)]
struct Asked {
    nested: Nested,
    after: Option<String>,
    /// Portfolios on it.
    portfolios: u32,
    /// The most on any page.
    most: u32,
    /// How often the page of accounts that comes with each was halved.
    halvings: u32,
}

/// A list's first page that has a next one: how to go on is decided when the token has answered, because it may tell
/// how many accounts there are.
struct FirstPage {
    edge: usize,
    times: Option<Vec<i64>>,
    after: String,
}

struct Search<'a> {
    client: &'a Client,
    sink: mpsc::Sender<Found>,
    jobs: VecDeque<BoxFuture<'a, Outcome>>,
    edges: Vec<Edge>,
    /// Accounts whose rows went out.
    found: HashMap<WabaId, FoundBy>,
    /// Accounts of which only the id is known.
    claims: HashMap<WabaId, FoundBy>,
    /// Owners of accounts that were not found through their portfolio, and how often each came.
    owners: HashMap<PortfolioId, (Arc<Portfolio>, usize)>,
    portfolios: HashMap<PortfolioId, Arc<Portfolio>>,
    alike: Alike,
    assigned: Cursors,
    listed: Cursors,
    first_pages: Vec<FirstPage>,
    /// Whether first pages of many lists are being taken in: how many are long is known when all are.
    gathers: bool,
    /// Whether the lists of clients' accounts are asked portfolio by portfolio.
    clients_by_one: bool,
    /// Lists that did not come nested where others may have; whether one did, by its way, tells if they are empty.
    absent: Vec<(PortfolioId, DiscoveryPath)>,
    nested_well: [bool; 2],
    /// Reasons for which clients' lists were denied by batch.
    denials: HashSet<Option<i64>>,
    token: Option<TokenInfo>,
    token_answered: bool,
    assigned_after: Option<String>,
    asked_owners: bool,
    batches_work: bool,
    failures: usize,
    first_failure: Option<GraphError>,
    in_flight: usize,
}

impl<'a> Search<'a> {
    fn begin(&mut self, by_hand: &ByHand) {
        let client = self.client;
        for (path, nested) in [(DiscoveryPath::Owned, Nested::Owned), (DiscoveryPath::Client, Nested::Client)] {
            if nested.edge().is_some_and(|edge| client.dropped().nests(edge)) {
                self.ask_portfolios(None, nested);
            } else if path == DiscoveryPath::Owned {
                self.ask_portfolios(None, Nested::Nothing);
            } else {
                self.clients_by_one = true;
            }
        }
        self.jobs.push_back(async move { Outcome::Token(token::inspect(client).await) }.boxed());
        self.ask_assigned(None);
        for id in &by_hand.portfolios {
            let portfolio = Portfolio { id: id.clone(), ..Portfolio::default() };
            self.ask_portfolio(&portfolio);
        }
        for id in &by_hand.accounts {
            self.claims.insert(id.clone(), FoundBy::one(DiscoveryPath::Manual));
        }
    }

    async fn run(mut self) -> Result<Discovery, GraphError> {
        let mut running = FuturesUnordered::new();
        loop {
            while running.len() < self.in_flight
                && let Some(job) = self.jobs.pop_front()
            {
                running.push(job);
            }
            match running.next().await {
                Some(outcome) => self.take(outcome).await?,
                None if self.ask_absent(DiscoveryPath::Owned)
                    || self.ask_absent(DiscoveryPath::Client)
                    || self.read_claims()
                    || self.ask_owners() => {}
                None => break,
            }
            if self.sink.is_closed() {
                break;
            }
        }
        match self.first_failure {
            Some(error) if self.found.is_empty() => Err(error),
            _ => Ok(Discovery {
                accounts: self.found.len(),
                portfolios: self.portfolios.len(),
                token: self.token,
                failures: self.failures,
            }),
        }
    }

    /// Asks for the portfolios, with the newest accounts of each where that works.
    fn ask_portfolios(&mut self, after: Option<String>, nested: Nested) {
        let portfolios = if nested == Nested::Nothing { LARGEST_PAGE } else { NESTED_PORTFOLIOS };
        let halvings = self.client.dropped().sizes().halvings(0);
        self.ask_portfolios_as(Asked { nested, after, portfolios, most: LARGEST_PAGE, halvings });
    }

    fn ask_portfolios_as(&mut self, asked: Asked) {
        let client = self.client;
        let job = async move {
            let rows = Sizes::rows(LARGEST_PAGE, asked.halvings);
            let list = match asked.nested.edge() {
                Some(edge) => List::new("me/businesses", move |dropped, _| dropped.portfolio_with(edge, rows)).in_one_size(),
                None => List::new("me/businesses", |dropped, depth| match depth {
                    Depth::Core => "id,name".to_owned(),
                    Depth::Full | Depth::List => dropped.portfolio(),
                })
                .fall_back_to_core(),
            };
            let page = list.limit(asked.portfolios).page(client, asked.after.as_deref(), &[]).await;
            Outcome::Portfolios { asked, page }
        };
        self.jobs.push_back(job.boxed());
    }

    fn ask_assigned(&mut self, after: Option<String>) {
        let client = self.client;
        let job = async move {
            let list = List::new("me/assigned_whatsapp_business_accounts", |_, _| "id".to_owned());
            Outcome::Assigned(list.page(client, after.as_deref(), &[]).await)
        };
        self.jobs.push_back(job.boxed());
    }

    /// Asks for both lists of a portfolio, unless that was done.
    fn ask_portfolio(&mut self, portfolio: &Portfolio) {
        self.know(portfolio);
        for path in [DiscoveryPath::Owned, DiscoveryPath::Client] {
            self.ask_list(&portfolio.id, path);
        }
    }

    /// Asks for one list of a portfolio, unless that was done.
    fn ask_list(&mut self, portfolio: &PortfolioId, path: DiscoveryPath) {
        if let Some(edge) = self.add_edge(portfolio, path) {
            self.ask_edge(edge, Span::default(), None, 0);
        }
    }

    /// Asks for lists that did not come with their portfolio: a few one by one, many by batch.
    fn ask_lists(&mut self, lists: Vec<(PortfolioId, DiscoveryPath)>) {
        let mut lists = lists;
        lists.retain(|(portfolio, path)| !self.has_edge(portfolio, *path));
        if lists.len() <= FEW_LISTS || !self.batches_work {
            for (portfolio, path) in lists {
                self.ask_list(&portfolio, path);
            }
            return;
        }
        let client = self.client;
        for lists in lists.chunks(LARGEST_BATCH) {
            let lists = lists.to_vec();
            let job = async move {
                let paths: Vec<_> = lists.iter().map(|(portfolio, path)| (portfolio.as_str(), edge::name(*path))).collect();
                let pages = accounts::list_batch(client, &paths, Span::default().sort()).await;
                Outcome::Lists { lists, pages }
            };
            self.jobs.push_back(job.boxed());
        }
    }

    /// Asks for the lists of this way that came with no portfolio, unless others did: then they are empty. Whether any is asked for.
    fn ask_absent(&mut self, path: DiscoveryPath) -> bool {
        let absent: Vec<_> = self.absent.extract_if(.., |(_, of)| *of == path).collect();
        let [owned, clients] = self.nested_well;
        if absent.is_empty() || if path == DiscoveryPath::Client { clients } else { owned } {
            return false;
        }
        self.ask_lists(absent);
        true
    }

    /// Notes a portfolio; what is known of it already stays.
    fn know(&mut self, portfolio: &Portfolio) {
        let known = self.portfolios.entry(portfolio.id.clone()).or_insert_with(|| Arc::new(portfolio.clone()));
        if known.name.is_empty() {
            *known = Arc::new(portfolio.clone());
        }
    }

    /// A new list; `None` when it is known already.
    fn add_edge(&mut self, portfolio: &PortfolioId, path: DiscoveryPath) -> Option<usize> {
        if self.has_edge(portfolio, path) {
            return None;
        }
        self.edges.push(Edge::new(portfolio.clone(), path, self.client.dropped().sizes()));
        Some(self.edges.len() - 1)
    }

    fn has_edge(&self, portfolio: &PortfolioId, path: DiscoveryPath) -> bool {
        self.edges.iter().any(|edge| edge.portfolio == *portfolio && edge.path == path)
    }

    fn ask_edge(&mut self, edge: usize, span: Span, after: Option<String>, generation: usize) {
        let Some(list) = self.edges.get_mut(edge).map(|edge| {
            edge.pending += usize::from(!span.is_whole());
            Arc::clone(&edge.list)
        }) else {
            return;
        };
        let client = self.client;
        let job = async move {
            let sort = std::iter::once(("sort", span.sort().to_owned()));
            let extra: Vec<_> = sort.chain(span.filtering().map(|filtering| ("filtering", filtering))).collect();
            let page = list.page(client, after.as_deref(), &extra).await;
            Outcome::Edge { edge, span, generation, page }
        };
        self.jobs.push_back(job.boxed());
    }

    /// Reads the accounts of which only the id is known. `false` when there are none.
    fn read_claims(&mut self) -> bool {
        let ids: Vec<WabaId> = self.claims.keys().filter(|id| !self.found.contains_key(*id)).cloned().collect();
        let client = self.client;
        if ids.len() > 1 && self.batches_work {
            for ids in ids.chunks(LARGEST_BATCH) {
                let ids = ids.to_vec();
                let job = async move {
                    let rows = accounts::read_batch(client, &ids, FoundBy::default()).await;
                    Outcome::Batch { ids, rows }
                };
                self.jobs.push_back(job.boxed());
            }
        } else {
            self.read_singly(&ids);
        }
        !ids.is_empty()
    }

    fn read_singly(&mut self, ids: &[WabaId]) {
        let client = self.client;
        for id in ids {
            let id = id.clone();
            let job = async move {
                let row = Box::new(accounts::read(client, &id).await);
                Outcome::Single { id, row }
            };
            self.jobs.push_back(job.boxed());
        }
    }

    /// Without any portfolio of its own (system users), the token is tried on the owners of what it sees.
    fn ask_owners(&mut self) -> bool {
        if self.asked_owners || !self.portfolios.is_empty() || self.owners.is_empty() {
            return false;
        }
        self.asked_owners = true;
        let mut owners: Vec<_> = std::mem::take(&mut self.owners).into_values().collect();
        owners
            .sort_by(|(left, left_count), (right, right_count)| right_count.cmp(left_count).then_with(|| left.id.cmp(&right.id)));
        for (portfolio, _) in owners.into_iter().take(MOST_OWNERS) {
            self.ask_portfolio(&portfolio);
        }
        true
    }

    /// Whether reading portfolios with a list nested failed in a way that will not pass.
    fn nesting_is_hopeless(&self, edge: &str, error: &GraphError) -> bool {
        let hopeless = error.is_denied() || error.is_too_much_data() || matches!(error.code(), Some(1 | 2 | 100));
        if hopeless {
            self.client.dropped().give_up(Node::Portfolio, edge);
        }
        hopeless
    }
}
