//! The ways to start an upgrade (R12), and the addresses of those that need no page of ours.

use url::Url;

use crate::{
    domain::{
        PortfolioId, WabaId,
        account::TermsStatus,
        upgrade::{Owner, UpgradePlan},
    },
    ops::Session,
};

/// Meta's page of WhatsApp Manager; the parameters are what public tools use, Meta does not document them.
const MANAGER: &str = "https://business.facebook.com/latest/whatsapp_manager/overview";

/// Why a way is not open now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotOffered {
    /// The portfolio has a restricted account (R21).
    Restricted,
    /// Every account is on, or none can be turned on.
    NothingToUpgrade,
    /// `app_id` and `signup_config_id` are not set.
    NoSignupConfiguration,
    /// Nobody knows whose account it is.
    UnknownPortfolio,
    /// The invitation can be sent once, and it was.
    AlreadyInvited,
    /// The terms were accepted.
    AlreadyAccepted,
    /// The address is of use on this machine only.
    OnlyHere,
}

/// A way to start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Embedded signup in the browser; `begin` makes its address, because that holds for one try only.
    EmbeddedSignup {
        /// Why it is not open now.
        not_offered: Option<NotOffered>,
    },
    /// A page of Meta's where an admin accepts: to open, to copy, or to scan.
    WhatsAppManager {
        /// The address; it carries nothing secret.
        url: Url,
    },
    /// An invitation by e-mail to every admin; it can be sent once and asks for confirmation.
    Invitation {
        /// Why it is not open now.
        not_offered: Option<NotOffered>,
    },
}

/// The ways to start the upgrade of this plan, in the order in which they are recommended.
pub fn ways(session: &Session, plan: &UpgradePlan) -> Vec<Way> {
    let common = if plan.blocked().is_some() {
        Some(NotOffered::Restricted)
    } else if !plan.is_offered() {
        Some(NotOffered::NothingToUpgrade)
    } else {
        None
    };
    let settings = session.settings();
    let addressed = session.is_sandbox_here() || (settings.app_id.is_some() && settings.signup_config_id.is_some());
    let signup = common.or((!addressed).then_some(NotOffered::NoSignupConfiguration));
    let invitation = common.or(match (&plan.owner, &plan.terms) {
        (Owner::Unknown(_), _) => Some(NotOffered::UnknownPortfolio),
        (_, TermsStatus::RequestSent) => Some(NotOffered::AlreadyInvited),
        (_, TermsStatus::Signed) => Some(NotOffered::AlreadyAccepted),
        _ => None,
    });
    let mut ways = vec![Way::EmbeddedSignup { not_offered: signup }];
    ways.extend(manager_url(session, plan).map(|url| Way::WhatsAppManager { url }));
    ways.push(Way::Invitation { not_offered: invitation });
    ways
}

/// Whether the address is of use on this machine only: a sandbox's page, for one.
pub fn works_only_here(url: &Url) -> bool {
    crate::graph::is_loopback(url)
}

fn manager_url(session: &Session, plan: &UpgradePlan) -> Option<Url> {
    manager_page(session, plan.owner.portfolio(), plan.covers.first().or(plan.already_on.first()))
}

/// The page of WhatsApp Manager for this portfolio and account.
/// In a sandbox its own page stands in for it: Meta's would not know its portfolios.
pub fn manager_page(session: &Session, portfolio: Option<&PortfolioId>, account: Option<&WabaId>) -> Option<Url> {
    let portfolio = portfolio.map(|id| ("business_id", id.as_str()));
    if session.is_sandbox() {
        let mut url = sandbox_page(session)?;
        url.query_pairs_mut().extend_pairs(portfolio);
        return Some(url);
    }
    let account = account.map(|id| ("asset_id", id.as_str()));
    let mut url = Url::parse(MANAGER).ok()?;
    url.query_pairs_mut().extend_pairs(portfolio).extend_pairs(account);
    Some(url)
}

/// The sandbox's own page, without a portfolio.
fn sandbox_page(session: &Session) -> Option<Url> {
    let mut url = session.client().base_url().clone();
    url.path_segments_mut().ok()?.pop_if_empty().extend(["sandbox", "signup"]);
    Some(url)
}
