//! A Graph API with any number of accounts in one portfolio, that honours or ignores what a real one may.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

/// What a server makes of ranges of creation time, where it takes notice of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ranges {
    Work,
    FindNothing,
    /// With this code.
    Refuse(i64),
}

/// Which pages Meta calls too much.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TooMuch {
    Never,
    Over(usize),
    EveryThird,
}

/// What it has and how it behaves.
#[derive(Clone)]
pub struct Fake {
    /// Accounts: id and creation time, in the server's own order.
    pub accounts: Vec<(u64, i64)>,
    /// Whether `me/businesses` works.
    pub has_businesses: bool,
    /// Whether nested accounts work.
    pub nests: bool,
    /// Whether `filtering` is obeyed.
    pub filters: bool,
    /// Whether `sort` is obeyed.
    pub sorts: bool,
    /// Whether `debug_token` names the accounts one by one.
    pub names_ids: bool,
    /// Whether lists give only what a token with fewer rights may read.
    pub core_only: bool,
    /// An account whose limit is used up, as parts of batches tell.
    pub limited: Option<u64>,
    /// How many accounts `debug_token` names; all of them unless told.
    pub granted: Option<usize>,
    /// Whether accounts say who owns them.
    pub has_owners: bool,
    /// Pause before each answer.
    pub latency: Duration,
    /// Whether the oldest rows may come first.
    pub ascends: bool,
    /// What becomes of ranges, where `filters` holds.
    pub ranges: Ranges,
    /// Every so many accounts one has no creation time; 0 for none.
    pub timeless: u64,
    /// Which pages of more than ten rows are too much.
    pub too_much: TooMuch,
    /// Portfolios, among which the accounts are spread. The first is [`PORTFOLIO`].
    pub portfolios: u64,
    /// Whether the last page points back to the first.
    pub circular: bool,
    /// Whether every page points on, by ever new cursors.
    pub endless: bool,
    /// Whether every third part of a batch is `null` at first.
    pub forgetful: bool,
    /// Rows that a page holds at most, whatever it was asked for.
    pub page: usize,
    /// What was asked: method and path with query.
    pub asked: Arc<Mutex<Vec<String>>>,
    /// How many requests came while the answer to another was still due. A reader in turn never makes one.
    pub overlapping: Arc<AtomicUsize>,
    answered_at: Arc<Mutex<Option<Instant>>>,
    nulls: Arc<AtomicUsize>,
    pages: Arc<AtomicUsize>,
}

const PAGE: usize = 100;
pub const PORTFOLIO: &str = "900";

impl Fake {
    pub fn new(accounts: Vec<(u64, i64)>) -> Self {
        Self {
            accounts,
            has_businesses: true,
            nests: true,
            filters: true,
            sorts: true,
            names_ids: true,
            core_only: false,
            granted: None,
            has_owners: true,
            limited: None,
            latency: Duration::ZERO,
            ascends: true,
            ranges: Ranges::Work,
            timeless: 0,
            too_much: TooMuch::Never,
            portfolios: 1,
            circular: false,
            endless: false,
            forgetful: false,
            page: PAGE,
            asked: Arc::default(),
            overlapping: Arc::default(),
            answered_at: Arc::default(),
            nulls: Arc::default(),
            pages: Arc::default(),
        }
    }

    /// Accounts created evenly, in no order of time.
    pub fn even(count: u64) -> Self {
        let accounts = (0..count).map(|index| (index, i64::try_from(index * 7_919 % count).unwrap()));
        Self::new(
            accounts.map(|(index, place)| (1_000_000 + index, 1_600_000_000 + place * 90_000 + place % 7 * 9_000)).collect(),
        )
    }

    pub async fn start(self) -> MockServer {
        let server = MockServer::builder().disable_request_recording().start().await;
        Mock::given(any()).respond_with(self).mount(&server).await;
        server
    }

    fn row(&self, account: (u64, i64)) -> Value {
        let (id, created) = account;
        let mut row = json!({
            "id": id.to_string(), "name": format!("Account {id}"), "creation_time": created,
            "marketing_messages_onboarding_status": "ELIGIBLE", "country": "DE",
            "owner_business_info": {"id": PORTFOLIO, "name": "Portfolio"},
            "health_status": {"can_send_message": "AVAILABLE", "entities": [
                {"entity_type": "WABA", "id": id.to_string(), "can_send_message": "AVAILABLE"}]},
            "phone_numbers": {"data": [
                {"id": format!("{id}1"), "display_phone_number": "+49 30 901820", "quality_rating": "GREEN", "status": "CONNECTED"},
                {"id": format!("{id}2"), "display_phone_number": "+49 30 901821", "quality_rating": "NA", "status": "CONNECTED"}]},
        });
        if !self.has_owners {
            row["owner_business_info"].take();
        }
        if self.is_timeless(id) {
            row["creation_time"].take();
        }
        row
    }

    fn is_timeless(&self, id: u64) -> bool {
        self.timeless > 0 && id.is_multiple_of(self.timeless)
    }

    /// Accounts of a portfolio, in the order that was asked for.
    fn list(&self, portfolio: u64, sort: Option<&str>) -> Vec<(u64, i64)> {
        let mut accounts = self.accounts.clone();
        accounts.retain(|(id, _)| id % self.portfolios + 900 == portfolio);
        let time = |(id, created): &(u64, i64)| if self.is_timeless(*id) { 0 } else { *created };
        match sort.filter(|_| self.sorts) {
            Some("creation_time_ascending") if self.ascends => accounts.sort_by_key(time),
            Some(_) => accounts.sort_by_key(|account| std::cmp::Reverse(time(account))),
            None => {}
        }
        accounts
    }

    fn page(&self, portfolio: u64, query: &HashMap<String, String>) -> (u16, Value) {
        let refused = |code: i64, message: &str| (400, json!({"error": {"code": code, "message": message}}));
        let limit: usize = query.get("limit").map_or(25, |limit| limit.parse().unwrap());
        let is_too_much = match self.too_much {
            TooMuch::Never => false,
            TooMuch::Over(most) => limit > most,
            TooMuch::EveryThird => limit > 10 && self.pages.fetch_add(1, Ordering::Relaxed) % 3 == 2,
        };
        if is_too_much {
            return refused(1, "Please reduce the amount of data you're asking for, then retry your request");
        }
        let mut accounts = self.list(portfolio, query.get("sort").map(String::as_str));
        if self.filters && query.contains_key("filtering") {
            match self.ranges {
                Ranges::Work => accounts.retain(|(id, _)| !self.is_timeless(*id)),
                Ranges::FindNothing => accounts.clear(),
                Ranges::Refuse(code) => return refused(code, "Filtering is not possible here"),
            }
        }
        if self.filters
            && let Some(filtering) = query.get("filtering")
        {
            let filters: Vec<Value> = serde_json::from_str(filtering).unwrap();
            for filter in filters {
                let bound: i64 = filter["value"].as_str().unwrap().parse().unwrap();
                accounts.retain(|(_, created)| match filter["operator"].as_str().unwrap() {
                    "GREATER_THAN" => *created > bound,
                    _ => *created < bound,
                });
            }
        }
        let start: usize = query.get("after").map_or(0, |after| after.parse().unwrap());
        let limit = limit.min(self.page);
        let end = (start + limit).min(accounts.len());
        let rows: Vec<Value> = accounts[start..end].iter().map(|account| self.row(*account)).collect();
        let mut page = json!({"data": rows, "paging": {"cursors": {"before": "0", "after": end.to_string()}}});
        if end < accounts.len() {
            page["paging"]["next"] = json!(format!("https://graph.example/?after={end}"));
        } else if self.circular {
            page["paging"] = json!({"cursors": {"after": "0"}, "next": "https://graph.example/?after=0"});
        } else if self.endless {
            let cursor = self.pages.fetch_add(1, Ordering::Relaxed) % accounts.len();
            page["paging"] = json!({"cursors": {"after": cursor.to_string()}, "next": "https://graph.example/"});
        }
        (200, page)
    }

    /// A page of portfolios, with a list of each where that was asked for.
    fn businesses(&self, query: &HashMap<String, String>) -> (u16, Value) {
        let start: u64 = query.get("after").map_or(0, |after| after.parse().unwrap());
        let end = (start + query["limit"].parse::<u64>().unwrap()).min(self.portfolios);
        let mut rows = Vec::new();
        for portfolio in 900 + start..900 + end {
            let mut row = json!({"id": portfolio.to_string(), "name": "Portfolio"});
            if let Some((_, nested)) = query["fields"].split_once("owned_whatsapp_business_accounts.limit(") {
                let limit = nested.split(')').next().unwrap().to_owned();
                let sort = "creation_time_descending".to_owned();
                let nested = HashMap::from([("limit".to_owned(), limit), ("sort".to_owned(), sort)]);
                let (status, page) = self.page(portfolio, &nested);
                if status != 200 {
                    return (status, page);
                }
                row["owned_whatsapp_business_accounts"] = page;
            }
            rows.push(row);
        }
        let mut page = json!({"data": rows, "paging": {"cursors": {"after": end.to_string()}}});
        if end < self.portfolios {
            page["paging"]["next"] = json!("https://graph.example/");
        }
        (200, page)
    }

    fn answer(&self, path: &str, query: &HashMap<String, String>) -> (u16, Value) {
        let denied = || (400, json!({"error": {"code": 200, "message": "(#200) Missing permission"}}));
        match path.trim_start_matches("/v26.0/") {
            "debug_token" => {
                let ids: Vec<String> =
                    self.accounts.iter().take(self.granted.unwrap_or(usize::MAX)).map(|(id, _)| id.to_string()).collect();
                let mut scope = json!({"scope": "whatsapp_business_management"});
                if self.names_ids {
                    scope["target_ids"] = json!(ids);
                }
                (200, json!({"data": {"is_valid": true, "type": "SYSTEM_USER", "granular_scopes": [scope]}}))
            }
            "me/businesses" if !self.has_businesses => denied(),
            "me/businesses" if query["fields"].contains("client_whatsapp_business_accounts") => denied(),
            "me/businesses" if !self.nests && query["fields"].contains("owned_whatsapp_business_accounts") => {
                (400, json!({"error": {"code": 1, "message": "Please reduce the amount of data you're asking for"}}))
            }
            "me/businesses" => self.businesses(query),
            "me/assigned_whatsapp_business_accounts" => (200, json!({"data": []})),
            "900/owned_whatsapp_business_accounts" if self.core_only && query["fields"].contains("health_status") => denied(),
            id if self.limited.is_some_and(|limited| limited.to_string() == id) => {
                (400, json!({"error": {"code": 80_008, "message": "Too many calls to this WhatsApp Business account"}}))
            }
            path if path.ends_with("/client_whatsapp_business_accounts") => denied(),
            path if path.ends_with("/owned_whatsapp_business_accounts") => {
                self.page(path.split('/').next().unwrap().parse().unwrap(), query)
            }
            id => match self.accounts.iter().find(|(known, _)| known.to_string() == id) {
                Some(account) => (200, self.row(*account)),
                None => (400, json!({"error": {"code": 100, "error_subcode": 33, "message": "Unsupported get request"}})),
            },
        }
    }

    fn batch(&self, body: &[u8]) -> Value {
        let form: HashMap<String, String> = form_urlencoded::parse(body).into_owned().collect();
        let parts: Vec<Value> = serde_json::from_str(&form["batch"]).unwrap();
        assert!(parts.len() <= 50, "a batch holds at most 50");
        let answers = parts.iter().map(|part| {
            if self.forgetful && self.nulls.fetch_add(1, Ordering::Relaxed).is_multiple_of(3) {
                return Value::Null;
            }
            let (path, query) = part["relative_url"].as_str().unwrap().split_once('?').unwrap();
            let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            let (code, body) = self.answer(path, &query);
            json!({"code": code, "body": body.to_string()})
        });
        answers.collect()
    }
}

impl Respond for Fake {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let now = Instant::now();
        if self.answered_at.lock().unwrap().replace(now + self.latency).is_some_and(|answered| now < answered) {
            self.overlapping.fetch_add(1, Ordering::Relaxed);
        }
        let line = format!("{} {}?{}", request.method, request.url.path(), request.url.query().unwrap_or_default());
        let form: HashMap<String, String> = form_urlencoded::parse(&request.body).into_owned().collect();
        self.asked.lock().unwrap().push(line + form.get("batch").map_or("", String::as_str));
        let (status, body) = if request.method == "POST" {
            (200, self.batch(&request.body))
        } else {
            let query = request.url.query_pairs().into_owned().collect();
            self.answer(request.url.path(), &query)
        };
        ResponseTemplate::new(status).set_delay(self.latency).set_body_json(body)
    }
}
