//! Which fields are asked for, and which turned out not to exist in this version of the API.
//!
//! Meta fails a whole request over one field that it does not know (code 100): that field is left out and remembered.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use super::{GraphError, sizes::Sizes};
use crate::domain::Account;

/// Fields of a WABA (Meta: WhatsApp Business Account node).
const ACCOUNT: &[&str] = &[
    "id",
    "name",
    "currency",
    "country",
    "status",
    "ownership_type",
    "account_review_status",
    "business_verification_status",
    "owner_business_info",
    "primary_funding_id",
    "is_enabled_for_insights",
    "disable_marketing_messages_on_cloud_api",
    "marketing_messages_onboarding_status",
    "health_status",
    "creation_time",
];

/// Fields of a WABA that a token with fewer rights may still read.
const ACCOUNT_CORE: &[&str] =
    &["id", "name", "currency", "country", "account_review_status", "marketing_messages_onboarding_status", "creation_time"];

/// Fields of a phone number (Meta: phone number node).
const NUMBER: &[&str] = &[
    "id",
    "display_phone_number",
    "verified_name",
    "status",
    "quality_rating",
    "name_status",
    "code_verification_status",
    "platform_type",
    "throughput",
    "account_mode",
    "is_official_business_account",
    "whatsapp_business_manager_messaging_limit",
];

/// Fields of a portfolio (Meta: Business node, MM API onboarding).
const PORTFOLIO: &[&str] = &["id", "name", "marketing_messages_onboarding_status"];

/// Fields of a template (Meta: message template reference).
const TEMPLATE: &[&str] = &[
    "id",
    "name",
    "language",
    "status",
    "category",
    "previous_category",
    "correct_category",
    "sub_category",
    "parameter_format",
    "quality_score",
    "rejected_reason",
    "message_send_ttl_seconds",
    "degrees_of_freedom_spec",
    "optimization_spec",
    "ad_id",
    "components",
];

/// `product_type` of optimized delivery on the newest page of Meta's analytics.
const PRODUCT_TYPE: &str = "MARKETING_MESSAGES_API_FOR_WHATSAPP";
/// The same on its page on max price and in its change log.
pub const OLD_PRODUCT_TYPE: &str = "MARKETING_MESSAGES_LITE_API";

/// The list of accounts that a portfolio owns.
pub const OWNED: &str = "owned_whatsapp_business_accounts";
/// The list of accounts that clients share with a portfolio.
pub const CLIENT: &str = "client_whatsapp_business_accounts";

/// Numbers that are read together with their account; more are read page by page.
pub const NESTED_NUMBERS: u32 = 50;

/// What a field belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// A WABA.
    Account,
    /// A phone number.
    Number,
    /// A business portfolio.
    Portfolio,
    /// A message template.
    Template,
}

impl Node {
    const ALL: [Self; 4] = [Self::Account, Self::Number, Self::Portfolio, Self::Template];

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Account => ACCOUNT,
            Self::Number => NUMBER,
            Self::Portfolio => PORTFOLIO,
            Self::Template => TEMPLATE,
        }
    }

    fn has(self, field: &str) -> bool {
        let edge = match self {
            Self::Account => field == "phone_numbers",
            Self::Portfolio => matches!(field, OWNED | CLIENT),
            Self::Number => field == "health_status",
            Self::Template => false,
        };
        edge || self.fields().contains(&field)
    }

    /// From the name that Meta's error gives the node's type.
    fn from_type(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        if name.contains("template") {
            Some(Self::Template)
        } else if name.contains("phone") {
            Some(Self::Number)
        } else if name.contains("account") {
            Some(Self::Account)
        } else {
            (name == "business").then_some(Self::Portfolio)
        }
    }
}

/// How much of an account is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Everything, with the health of each number: for one account.
    Full,
    /// Everything but the health of each number: for a list.
    List,
    /// What a token with fewer rights may still read.
    Core,
}

/// The fields that do not exist here, and how much Meta is willing to gather at once.
#[derive(Debug, Default)]
pub struct DroppedFields {
    fields: Mutex<BTreeSet<(Node, String)>>,
    /// How often the numbers that come with an account were halved.
    halvings: AtomicU32,
    /// How large a page of accounts may be.
    sizes: Arc<Sizes>,
    /// Whether the server takes no notice of ranges of creation time.
    ranges_ignored: AtomicBool,
    /// Whether the server was seen to keep to the order that was asked for, and to have one order of creation time only.
    order_kept: AtomicBool,
    order_ignored: AtomicBool,
    /// Whether optimized delivery still goes by its old name in template analytics.
    old_product_type: AtomicBool,
}

impl DroppedFields {
    fn set(&self) -> std::sync::MutexGuard<'_, BTreeSet<(Node, String)>> {
        match self.fields.lock() {
            Ok(set) => set,
            Err(poisoned) => poisoned.into_inner(),
        }
    }

    /// What is known of the size of pages of accounts, whoever lists them.
    pub(super) fn sizes(&self) -> &Arc<Sizes> {
        &self.sizes
    }

    /// Notes that lists cannot be read in ranges of creation time here, so that the next reading does not try.
    pub fn note_ranges_ignored(&self) {
        self.ranges_ignored.store(true, Ordering::Relaxed);
    }

    /// Whether a list was found to take no notice of ranges.
    pub fn ranges_are_ignored(&self) -> bool {
        self.ranges_ignored.load(Ordering::Relaxed)
    }

    /// Notes whether lists come in the order that was asked for, or in one order whatever was asked for.
    pub(super) fn note_order(&self, is_kept: bool) {
        let seen = if is_kept { &self.order_kept } else { &self.order_ignored };
        seen.store(true, Ordering::Relaxed);
    }

    /// Whether lists come in the order that was asked for; `None` while nobody knows.
    pub(super) fn order_is_kept(&self) -> Option<bool> {
        let seen = |what: &AtomicBool| what.load(Ordering::Relaxed);
        if seen(&self.order_ignored) { Some(false) } else { seen(&self.order_kept).then_some(true) }
    }

    /// The names, for people.
    pub fn names(&self) -> Vec<String> {
        self.set().iter().map(|(_, name)| name.clone()).collect()
    }

    /// Learns from an error which field does not exist. `true` when that is news, so that asking again is worth it.
    pub fn learn(&self, error: &GraphError) -> bool {
        let Some(error) = error.api().filter(|error| error.code == 100) else { return false };
        let Some((field, node)) = nonexisting(&error.message) else { return false };
        let named = node.and_then(Node::from_type).filter(|node| node.has(field));
        let mut set = self.set();
        let news = match named {
            Some(node) => set.insert((node, field.to_owned())),
            None => {
                let before = set.len();
                let candidates = Node::ALL.into_iter().filter(|node| node.has(field) && field != "id");
                set.extend(candidates.map(|node| (node, field.to_owned())));
                set.len() > before
            }
        };
        if news {
            tracing::warn!(field, "Meta does not know a field in this version; it is left out from now on");
        }
        news
    }

    /// What optimized delivery is called in template analytics. Meta's pages disagree, so the newer name is tried first.
    pub fn product_type(&self) -> &'static str {
        if self.old_product_type.load(Ordering::Relaxed) { OLD_PRODUCT_TYPE } else { PRODUCT_TYPE }
    }

    /// Remembers that the old name is the one that works.
    pub fn prefer_old_product_type(&self) {
        self.old_product_type.store(true, Ordering::Relaxed);
    }

    /// How many numbers come with an account.
    pub fn nested_numbers(&self) -> u32 {
        (NESTED_NUMBERS >> self.halvings.load(Ordering::Relaxed).min(31)).max(1)
    }

    /// Has fewer numbers come with an account than `asked`; `false` when fewer is not possible. Requests that run side
    /// by side and fail for the same reason halve it once.
    pub fn fewer_numbers(&self, asked: u32) -> bool {
        let halvings = self.halvings.load(Ordering::Relaxed);
        if self.nested_numbers() >= asked && asked > 1 {
            // When another request was quicker, its halving is ours, too.
            let _ = self.halvings.compare_exchange(halvings, halvings + 1, Ordering::Relaxed, Ordering::Relaxed);
        }
        asked > 1
    }

    /// Leaves a field out from now on.
    pub fn give_up(&self, node: Node, field: &str) {
        self.set().insert((node, field.to_owned()));
    }

    fn keep<'a>(&self, node: Node, fields: &'a [&'a str]) -> String {
        let set = self.set();
        let kept: Vec<&str> = fields.iter().copied().filter(|field| !set.contains(&(node, (*field).to_owned()))).collect();
        kept.join(",")
    }

    fn has_dropped(&self, node: Node, field: &str) -> bool {
        self.set().contains(&(node, field.to_owned()))
    }

    /// Notes on an account without numbers that they were left out of the question.
    pub fn mark_unread(&self, account: &mut Account) {
        if account.numbers.is_empty() && self.has_dropped(Node::Account, "phone_numbers") {
            account.numbers_unread = true;
        }
    }

    /// `fields` for an account, its numbers nested.
    pub fn account(&self, depth: Depth) -> String {
        if depth == Depth::Core {
            return format!(
                "{},phone_numbers.limit({}){{{}}}",
                self.keep(Node::Account, ACCOUNT_CORE),
                self.nested_numbers(),
                self.keep(Node::Number, &["id", "display_phone_number", "verified_name", "quality_rating"])
            );
        }
        let own = self.keep(Node::Account, ACCOUNT);
        if self.has_dropped(Node::Account, "phone_numbers") {
            return own;
        }
        format!("{own},phone_numbers.limit({}){{{}}}", self.nested_numbers(), self.number(depth))
    }

    /// `fields` for a phone number.
    pub fn number(&self, depth: Depth) -> String {
        let own = self.keep(Node::Number, NUMBER);
        if depth == Depth::Full && !self.has_dropped(Node::Number, "health_status") {
            return format!("{own},health_status");
        }
        own
    }

    /// `fields` for a portfolio.
    pub fn portfolio(&self) -> String {
        self.keep(Node::Portfolio, PORTFOLIO)
    }

    /// `fields` for a portfolio with the newest accounts of one of its lists nested.
    pub fn portfolio_with(&self, edge: &str, limit: u32) -> String {
        let own = self.portfolio();
        if self.has_dropped(Node::Portfolio, edge) {
            return own;
        }
        let accounts = self.account(Depth::List);
        format!("{own},{edge}.limit({limit}).sort(creation_time_descending){{{accounts}}}")
    }

    /// Whether a portfolio's list can be nested, as far as is known.
    pub fn nests(&self, edge: &str) -> bool {
        !self.has_dropped(Node::Portfolio, edge)
    }

    /// `fields` for a template.
    pub fn template(&self) -> String {
        self.keep(Node::Template, TEMPLATE)
    }
}

/// Takes `x` and `T` out of "Tried accessing nonexisting field (x) on node type (T)".
fn nonexisting(message: &str) -> Option<(&str, Option<&str>)> {
    let lower = message.to_ascii_lowercase();
    if !["nonexisting", "non-existing", "nonexistent", "unknown field", "does not exist"].iter().any(|word| lower.contains(word))
    {
        return None;
    }
    // Lower-casing ASCII keeps every byte where it was.
    let rest = message.get(lower.find("field")?..)?;
    let mut parts = rest.split(['(', ')', '\'', '"', '`']);
    parts.next()?;
    let field = parts.next()?.trim();
    let node = message.split_once("node type (").and_then(|(_, rest)| rest.split(')').next());
    (!field.is_empty()).then_some((field, node))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::graph_error::ApiError;

    fn error(message: &str) -> GraphError {
        GraphError::Api(Box::new(ApiError { code: 100, message: message.into(), ..ApiError::default() }))
    }

    #[test]
    fn a_field_that_does_not_exist_is_left_out_and_the_rest_is_kept() {
        let dropped = DroppedFields::default();
        assert!(dropped.account(Depth::List).contains("country"));
        let error = error("(#100) Tried accessing nonexisting field (country) on node type (WhatsAppBusinessAccount)");
        assert!(dropped.learn(&error));
        assert!(!dropped.learn(&error), "told twice, it is no news");
        let fields = dropped.account(Depth::List);
        assert!(!fields.contains("country") && fields.starts_with("id,name,currency,status"), "{fields}");
        assert_eq!(dropped.names(), ["country"]);
    }

    #[test]
    fn a_field_that_two_nodes_share_is_dropped_on_the_one_that_lacks_it() {
        let dropped = DroppedFields::default();
        dropped.learn(&error("(#100) Tried accessing nonexisting field (status) on node type (WhatsAppBusinessPhoneNumber)"));
        let fields = dropped.account(Depth::List);
        let (own, numbers) = fields.split_once("phone_numbers").unwrap();
        assert!(own.contains(",status,") && !numbers.contains(",status,"), "{fields}");
    }

    #[test]
    fn other_errors_with_code_100_teach_nothing() {
        let dropped = DroppedFields::default();
        for message in [
            "Invalid field requested. Available fields: name_status, code_verification_status",
            "Invalid parameter: limit must be between 1 and 100",
            "(#100) Tried accessing nonexisting field",
            "(#100) Tried accessing nonexisting field (never_asked_for) on node type (Business)",
            "",
        ] {
            assert!(!dropped.learn(&error(message)), "{message}");
        }
    }

    #[test]
    fn numbers_are_halved_once_for_requests_that_fail_together() {
        let dropped = DroppedFields::default();
        assert!(dropped.fewer_numbers(50) && dropped.fewer_numbers(50));
        assert_eq!(dropped.nested_numbers(), 25);
        while dropped.fewer_numbers(dropped.nested_numbers()) {}
        assert_eq!(dropped.nested_numbers(), 1);
        assert!(dropped.account(Depth::List).contains("phone_numbers.limit(1)"));
    }

    #[test]
    fn an_edge_that_does_not_exist_is_left_out_like_a_field() {
        let dropped = DroppedFields::default();
        assert!(dropped.portfolio_with(OWNED, 100).contains(OWNED) && dropped.nests(OWNED));
        dropped
            .learn(&error("(#100) Tried accessing nonexisting field (owned_whatsapp_business_accounts) on node type (Business)"));
        assert!(!dropped.portfolio_with(OWNED, 100).contains(OWNED) && !dropped.nests(OWNED));
        assert!(dropped.nests(CLIENT));
    }
}
