//! The world of the sandbox: portfolios, accounts, numbers, templates and who may see them.
//! It holds facts and finds them; it must not know HTTP, fields grammar or paging.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::UpgradeOutcome;
use super::clock::Clock;
use super::generator;
use super::traffic::Traffic;
use super::uploads::Uploads;

/// Facts about an object by field name. Names that start with `_` are never served.
pub type Facts = Map<String, Value>;

/// An object of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Node {
    /// A user: the system user behind a token.
    User(u32),
    /// The app.
    App,
    /// A business portfolio.
    Business(u32),
    /// A WhatsApp Business Account.
    Account(u32),
    /// A phone number.
    Number(u32),
    /// A message template.
    Template(u32),
}

/// What is kept of an object: an id, its owner, the facts it came with and what changed since.
/// Without a base its facts are invented from the seed whenever they are asked for.
#[derive(Debug, Clone)]
pub struct Record {
    /// Graph id.
    pub id: u64,
    /// Index of the owner: a portfolio for an account, an account for a number or a template.
    pub owner: u32,
    /// Facts it came with.
    pub base: Option<Arc<Facts>>,
    /// Facts that changed while the sandbox ran; `null` means taken away.
    pub changes: Option<Box<Facts>>,
}

impl Record {
    /// A record with given facts.
    pub fn stored(id: u64, owner: u32, base: Arc<Facts>) -> Self {
        Self { id, owner, base: Some(base), changes: None }
    }

    /// A record whose facts come from the seed.
    pub fn seeded(id: u64, owner: u32) -> Self {
        Self { id, owner, base: None, changes: None }
    }

    fn known(&self, name: &str) -> Option<&Value> {
        self.changes.as_ref().and_then(|changes| changes.get(name)).or_else(|| self.base.as_ref().and_then(|base| base.get(name)))
    }

    /// Changes one fact.
    pub fn set(&mut self, name: &str, value: Value) {
        self.changes.get_or_insert_default().insert(name.to_owned(), value);
    }
}

/// An account's own records and relations.
#[derive(Debug, Clone)]
pub struct Account {
    /// Facts; the owner is the portfolio.
    pub record: Record,
    /// Indexes of its numbers.
    pub numbers: Vec<u32>,
    /// Indexes of its templates.
    pub templates: Vec<u32>,
    /// Portfolios with which it is shared, so that they see it on their client edge.
    pub client_of: Vec<u32>,
    /// Whether it is assigned to the system user.
    pub assigned: bool,
    /// Whether the token's granular scopes name it.
    pub granted: bool,
    /// Apps that get its webhooks.
    pub subscriptions: Vec<Subscription>,
}

/// An app's subscription to the webhooks of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Id of the app.
    pub app: u64,
    /// Address given with `override_callback_uri`.
    pub callback: Option<String>,
}

/// Who a token stands for and what it may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// Index of the user; `None` for an app token.
    pub user: Option<u32>,
    /// The only portfolio whose objects it sees; `None` when it sees everything.
    pub only: Option<u32>,
    /// When it was issued, in unix seconds.
    pub issued: i64,
}

/// A code of embedded signup that waits for its exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Portfolio that accepted.
    pub portfolio: u32,
    /// When it was issued, in unix seconds.
    pub issued: i64,
    /// Whether it was exchanged.
    pub used: bool,
}

/// How the sandbox behaves where that can be chosen.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// What accepting the terms leads to.
    pub outcome: UpgradeOutcome,
    /// Seconds of internal setup after the terms were accepted.
    pub setup_seconds: i64,
    /// Seconds that a signup code lives; with 0 it has expired when it is issued.
    pub code_seconds: i64,
    /// Milliseconds that the signup window takes to carry something out.
    pub window_milliseconds: i64,
    /// Pause before each status webhook.
    pub webhook_delay: Duration,
}

/// Everything the sandbox knows.
#[derive(Debug)]
pub struct World {
    /// Seed of everything invented.
    pub seed: u64,
    /// App id.
    pub app: u64,
    /// App secret.
    pub app_secret: String,
    /// Callback of the app itself, for accounts subscribed without one of their own.
    pub app_callback: Option<String>,
    /// Fields that the app is subscribed to.
    pub app_fields: Vec<String>,
    /// Users by index: id and name.
    pub users: Vec<(u64, String)>,
    /// Portfolios.
    pub portfolios: Vec<Record>,
    /// Indexes of the portfolios that the main user belongs to.
    pub mine: Vec<u32>,
    /// Accounts.
    pub accounts: Vec<Account>,
    /// Phone numbers.
    pub numbers: Vec<Record>,
    /// Templates.
    pub templates: Vec<Record>,
    /// Tokens and who they stand for.
    pub tokens: HashMap<String, Principal>,
    /// Codes of embedded signup.
    pub codes: HashMap<String, Code>,
    /// The clock.
    pub clock: Arc<Clock>,
    /// When the world began, in unix seconds.
    pub began: i64,
    /// Objects by id.
    pub index: HashMap<u64, Node>,
    /// Where its own files are, with a slash at the end.
    pub media: String,
    /// How it behaves where that can be chosen.
    pub settings: Settings,
    /// Messages and what follows from them.
    pub traffic: Traffic,
    /// When numbers sent lately, in unix milliseconds: all in all, and to each recipient.
    pub recent: HashMap<(Node, String), Vec<i64>>,
    /// Files that were uploaded.
    pub uploads: Uploads,
    /// Counter for ids and tokens made while it runs.
    pub made: u64,
}

impl World {
    /// The object with that id.
    pub fn find(&self, id: &str) -> Option<Node> {
        let number: u64 = id.parse().ok()?;
        self.index.get(&number).copied()
    }

    /// The record of an object; users and the app have none.
    pub fn record(&self, node: Node) -> Option<&Record> {
        match node {
            Node::User(_) | Node::App => None,
            Node::Business(at) => self.portfolios.get(at as usize),
            Node::Account(at) => self.accounts.get(at as usize).map(|account| &account.record),
            Node::Number(at) => self.numbers.get(at as usize),
            Node::Template(at) => self.templates.get(at as usize),
        }
    }

    /// The record of an object, to change it.
    pub fn record_mut(&mut self, node: Node) -> Option<&mut Record> {
        match node {
            Node::User(_) | Node::App => None,
            Node::Business(at) => self.portfolios.get_mut(at as usize),
            Node::Account(at) => self.accounts.get_mut(at as usize).map(|account| &mut account.record),
            Node::Number(at) => self.numbers.get_mut(at as usize),
            Node::Template(at) => self.templates.get_mut(at as usize),
        }
    }

    /// The account at an index.
    pub fn account(&self, at: u32) -> Option<&Account> {
        self.accounts.get(at as usize)
    }

    /// Graph id of an object; 0 for one that is gone.
    pub fn id(&self, node: Node) -> u64 {
        match node {
            Node::App => self.app,
            Node::User(at) => self.users.get(at as usize).map_or(0, |(id, _)| *id),
            other => self.record(other).map_or(0, |record| record.id),
        }
    }

    /// Index of the object's owner.
    pub fn owner(&self, node: Node) -> Option<u32> {
        self.record(node).map(|record| record.owner)
    }

    /// Index of the account that an account, number or template belongs to.
    pub fn account_of(&self, node: Node) -> Option<u32> {
        match node {
            Node::Account(at) => Some(at),
            Node::Number(_) | Node::Template(_) => self.owner(node),
            _ => None,
        }
    }

    /// Index of the portfolio that an object belongs to.
    pub fn portfolio_of(&self, node: Node) -> Option<u32> {
        match node {
            Node::Business(at) => Some(at),
            other => self.account_of(other).and_then(|at| self.owner(Node::Account(at))),
        }
    }

    /// A fact, as stored or as invented.
    pub fn fact(&self, node: Node, name: &str) -> Option<Value> {
        let record = self.record(node)?;
        match record.known(name) {
            Some(Value::Null) => None,
            Some(value) => Some(value.clone()),
            None if record.base.is_none() => generator::fact(self, node, name),
            None => None,
        }
    }

    /// A fact that is a text.
    pub fn text(&self, node: Node, name: &str) -> Option<String> {
        match self.fact(node, name)? {
            Value::String(text) => Some(text),
            other => Some(other.to_string()),
        }
    }

    /// A fact that is a number.
    pub fn number(&self, node: Node, name: &str) -> Option<i64> {
        match self.fact(node, name)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Whether a fact is `true`.
    pub fn holds(&self, node: Node, name: &str) -> bool {
        self.fact(node, name) == Some(json!(true))
    }

    /// Changes a fact.
    pub fn set(&mut self, node: Node, name: &str, value: Value) {
        if let Some(record) = self.record_mut(node) {
            record.set(name, value);
        }
    }

    /// Whether a token may see an object.
    pub fn may_see(&self, principal: &Principal, node: Node) -> bool {
        match (principal.only, node) {
            (_, Node::App) | (None, _) => true,
            (Some(_), Node::User(at)) => principal.user == Some(at),
            (Some(only), other) => self.portfolio_of(other) == Some(only),
        }
    }

    /// Terms state of a portfolio: `NOT_STARTED`, `REQUEST_SENT` or `TERM_OF_SERVICE_SIGNED`.
    pub fn terms(&self, portfolio: u32) -> String {
        let record = self.record(Node::Business(portfolio));
        let known = record.and_then(|record| record.known("marketing_messages_onboarding_status"));
        match known.and_then(|state| state.get("status")).and_then(Value::as_str) {
            Some(status) => status.to_owned(),
            // The whole object is not invented for its status alone: this is asked for every row of a page.
            None if record.is_some_and(|record| record.base.is_none()) => generator::terms(portfolio).to_owned(),
            None => "NOT_STARTED".to_owned(),
        }
    }

    /// Onboarding status of an account, empty when it has none. Internal setup ends when its time has come.
    pub fn onboarding(&self, account: u32) -> String {
        let node = Node::Account(account);
        let status = self.text(node, "marketing_messages_onboarding_status").unwrap_or_default();
        let due = self.number(node, "_onboarded_at");
        if status == "PENDING_INTERNAL_SETUP" && due.is_some_and(|due| self.clock.now() >= due) {
            return "ONBOARDED".to_owned();
        }
        status
    }

    /// Adds an object to the index under its id, or the next free one.
    pub fn place(&mut self, wanted: u64, node: Node) -> u64 {
        let mut id = wanted;
        while self.index.contains_key(&id) {
            id += 1;
        }
        self.index.insert(id, node);
        id
    }

    /// A number that was not given before, for ids and tokens made while the sandbox runs.
    pub fn make(&mut self) -> u64 {
        self.made += 1;
        super::seed::draw(self.seed, self.made, 0x6D61_6465)
    }

    /// Accounts of a portfolio.
    pub fn owned_by(&self, portfolio: u32) -> impl Iterator<Item = u32> {
        (0_u32..).zip(&self.accounts).filter(move |(_, account)| account.record.owner == portfolio).map(|(at, _)| at)
    }
}

/// An index as it is kept in nodes. Fleets are far below four thousand million objects.
pub fn small(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
