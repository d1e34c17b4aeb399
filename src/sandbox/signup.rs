//! Embedded signup as the sandbox plays it: what accepting, cancelling and failing do to the portfolio, and where the
//! browser is sent afterwards. It must not write HTML.

use serde_json::{Value, json};
use url::{Host, Url};

use super::UpgradeOutcome;
use super::clock::{self, DAY};
use super::state::{Node, World};
use super::webhooks::{self, Notice};
use super::write;

/// The step at which the sandbox's window can be left.
pub const STEP: &str = "MARKETING_MESSAGES_TERMS_OF_SERVICE";

/// The code of an error that the person reported.
pub const REPORTED: i64 = 2_655_131;

/// How a signup ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The terms were accepted.
    Finish {
        /// Code to exchange within 30 seconds.
        code: String,
        /// Accounts covered.
        accounts: Vec<String>,
    },
    /// The window was left.
    Cancel,
    /// Something went wrong, or the person reported a problem.
    Error {
        /// Sentence for people.
        message: String,
        /// Code for Support.
        code: i64,
        /// Session for Support.
        session: String,
    },
}

/// Accounts of a portfolio that one acceptance turns on.
pub fn covered(world: &World, portfolio: u32) -> Vec<u32> {
    world.owned_by(portfolio).filter(|account| world.onboarding(*account) == "ELIGIBLE").collect()
}

/// Carries out an acceptance with the outcome that was chosen for it.
pub fn accept(world: &mut World, portfolio: u32, notices: &mut Vec<Notice>) -> Ending {
    match world.settings.outcome {
        UpgradeOutcome::Fail => {
            return error(world, "Something went wrong while the terms were being accepted. Please try again later.", 2_655_111);
        }
        UpgradeOutcome::Restricted => {
            let victim = covered(world, portfolio)
                .into_iter()
                .min_by_key(|account| world.account(*account).is_none_or(|account| account.numbers.is_empty()))
                .or_else(|| world.owned_by(portfolio).next());
            if let Some(victim) = victim {
                restrict(world, victim, notices);
            }
        }
        UpgradeOutcome::Succeed | UpgradeOutcome::Payment => {}
    }
    if restricted(world, portfolio) {
        return error(
            world,
            "A WhatsApp Business Account of this business is restricted. Accounts must be in good standing to accept the terms.",
            2_655_121,
        );
    }
    sign(world, portfolio, notices)
}

/// Whether an account of the portfolio is restricted.
pub fn restricted(world: &World, portfolio: u32) -> bool {
    world.owned_by(portfolio).any(|account| world.onboarding(account) == "INELIGIBLE_INACTIVE_OR_RESTRICTED")
}

/// What accepting would lead to: what was chosen, unless a restricted account stands in the way.
pub fn expected(world: &World, portfolio: u32) -> UpgradeOutcome {
    match world.settings.outcome {
        UpgradeOutcome::Succeed | UpgradeOutcome::Payment if restricted(world, portfolio) => UpgradeOutcome::Restricted,
        chosen => chosen,
    }
}

/// The terms are accepted, wherever that was.
pub fn sign(world: &mut World, portfolio: u32, notices: &mut Vec<Notice>) -> Ending {
    let covered = covered(world, portfolio);
    let now = world.clock.now();
    let state = json!({"status": "TERM_OF_SERVICE_SIGNED", "time": clock::date(now)});
    world.set(Node::Business(portfolio), "marketing_messages_onboarding_status", state);
    let setup = world.settings.setup_seconds;
    for account in &covered {
        let node = Node::Account(*account);
        if world.settings.outcome == UpgradeOutcome::Payment {
            world.set(node, "primary_funding_id", Value::Null);
            world.set(node, "marketing_messages_onboarding_status", json!("PENDING_VALID_PAYMENT_METHOD"));
        } else if setup > 0 {
            world.set(node, "marketing_messages_onboarding_status", json!("PENDING_INTERNAL_SETUP"));
            world.set(node, "_onboarded_at", json!(now + setup));
        } else {
            world.set(node, "marketing_messages_onboarding_status", json!("ONBOARDED"));
        }
    }
    let owned: Vec<u32> = world.owned_by(portfolio).collect();
    for account in owned {
        notices.extend(webhooks::account_update(world, account, webhooks::terms_signed(world, account)));
    }
    let code = write::issue_code(world, portfolio);
    let accounts = covered.into_iter().map(|account| world.id(Node::Account(account)).to_string()).collect();
    Ending::Finish { code, accounts }
}

fn error(world: &mut World, message: &str, code: i64) -> Ending {
    Ending::Error { message: message.to_owned(), code, session: format!("{:016x}{:016x}", world.make(), world.make()) }
}

/// The ending when somebody reports a problem in the window.
pub fn report(world: &mut World) -> Ending {
    error(world, "The person reported a problem in the signup window.", REPORTED)
}

/// Restricts an account for three days as Meta does, and tells its subscribers.
pub fn restrict(world: &mut World, account: u32, notices: &mut Vec<Notice>) {
    restrict_for(world, account, 3 * DAY, notices);
}

/// Restricts an account for so many seconds.
pub fn restrict_for(world: &mut World, account: u32, seconds: i64, notices: &mut Vec<Notice>) {
    let now = world.clock.now();
    let until = now + seconds;
    let node = Node::Account(account);
    world.set(node, "marketing_messages_onboarding_status", json!("INELIGIBLE_INACTIVE_OR_RESTRICTED"));
    if world.fact(node, "_restriction").is_none() {
        let facts = json!({
            "restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING",
            "violation_type": "SPAM",
            "since": now,
            "expiration": until,
            "reason": format!(
                "The WhatsApp Business Account has been restricted from starting conversations because it did not comply with \
                 the WhatsApp Business Messaging Policy. The restriction ends on {}.",
                clock::date(until)
            ),
            "solution": "Wait until the restriction ends, or request a review in Business Support Home.",
        });
        world.set(node, "_restriction", facts);
    }
    notices.extend(webhooks::account_update(world, account, webhooks::restriction(world, account)));
}

/// Lifts a restriction, and tells the subscribers.
pub fn reinstate(world: &mut World, account: u32, notices: &mut Vec<Notice>) {
    world.set(Node::Account(account), "_restriction", Value::Null);
    let value = json!({
        "event": "DISABLED_UPDATE",
        "ban_info": {"waba_ban_state": "REINSTATE", "waba_ban_date": clock::date(world.clock.now())},
    });
    notices.extend(webhooks::account_update(world, account, value));
}

/// Reads the address the browser is sent back to.
///
/// # Errors
/// A sentence when it is not an address of this machine.
pub fn redirect(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|_| "redirect_uri is not an address".to_owned())?;
    let local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    if local && matches!(url.scheme(), "http" | "https") {
        Ok(url)
    } else {
        Err("redirect_uri must be an address of this machine".to_owned())
    }
}

/// The address with what the window reports.
pub fn returned(mut url: Url, state: Option<&str>, business: &str, ending: &Ending, now: i64) -> Url {
    let mut query = url.query_pairs_mut();
    if let Some(state) = state {
        query.append_pair("state", state);
    }
    match ending {
        Ending::Finish { code, accounts } => {
            query
                .append_pair("event", "FINISH")
                .append_pair("code", code)
                .append_pair("business_id", business)
                .append_pair("waba_ids", &accounts.join(","));
        }
        Ending::Cancel => {
            query.append_pair("event", "CANCEL").append_pair("current_step", STEP);
        }
        Ending::Error { message, code, session } => {
            query
                .append_pair("event", "ERROR")
                .append_pair("error_message", message)
                .append_pair("error_code", &code.to_string())
                .append_pair("session_id", session)
                .append_pair("timestamp", &now.to_string());
        }
    }
    drop(query);
    url
}
