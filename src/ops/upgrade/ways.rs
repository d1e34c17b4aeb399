//! The ways to start an upgrade (R12), and their addresses.

use tokio::sync::oneshot;
use url::Url;

use crate::{
    domain::{
        PortfolioId, WabaId,
        account::TermsStatus,
        graph_error::ErrorClass,
        upgrade::{Owner, UpgradePlan},
    },
    ops::{Problem, Session},
    secrets,
    web::SignupAnswer,
};

/// Meta's page of WhatsApp Manager; the parameters are what public tools use, Meta does not document them.
const MANAGER: &str = "https://business.facebook.com/latest/whatsapp_manager/overview";
/// Meta's hosted page of embedded signup.
const HOSTED_SIGNUP: &str = "https://business.facebook.com/messaging/whatsapp/onboard/";

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
    let addressed = session.is_sandbox() || (settings.app_id.is_some() && settings.signup_config_id.is_some());
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

fn sandbox_page(session: &Session) -> Option<Url> {
    let mut url = session.client().base_url().clone();
    url.path_segments_mut().ok()?.pop_if_empty().extend(["sandbox", "signup"]);
    Some(url)
}

/// The address of the signup page, and the answer that comes back from it where one can.
pub(super) async fn signup_page(
    session: &Session,
    plan: &UpgradePlan,
) -> Result<(Url, Option<oneshot::Receiver<SignupAnswer>>), Problem> {
    let impossible = || Problem::new("The signup page could not be addressed. Use WhatsApp Manager.", ErrorClass::Configuration);
    if !session.is_sandbox() {
        return Ok((hosted_page(session)?, None));
    }
    let mut url = sandbox_page(session).ok_or_else(impossible)?;
    let portfolio = plan.owner.portfolio().map(|id| ("business_id", id.as_str()));
    url.query_pairs_mut().extend_pairs(portfolio);
    // Only a browser on this machine finds the way back; elsewhere the accounts are polled.
    if !session.is_sandbox_here() {
        return Ok((url, None));
    }
    let listener = session.listener().await.map_err(|error| {
        Problem::new(
            format!("No port of this machine could be opened for the signup's answer ({error}). Use WhatsApp Manager."),
            ErrorClass::Configuration,
        )
    })?;
    let state = secrets::one_time().ok_or_else(impossible)?;
    url.query_pairs_mut().append_pair("redirect_uri", listener.callback_url().as_str()).append_pair("state", &state);
    Ok((url, Some(listener.expect(state))))
}

/// Meta's hosted signup page for the app that was set. It comes back to allow-listed addresses only, so not to us.
fn hosted_page(session: &Session) -> Result<Url, Problem> {
    let settings = session.settings();
    let (Some(app), Some(configuration)) = (&settings.app_id, &settings.signup_config_id) else {
        return Err(Problem::new(
            "Embedded signup needs the id of your app and of its signup configuration. Set app_id and signup_config_id, or use WhatsApp Manager.",
            ErrorClass::Configuration,
        ));
    };
    let extras = r#"{"setup":{},"sessionInfoVersion":"3","version":"v4"}"#;
    let pairs = [("app_id", app.as_str()), ("config_id", configuration.as_str()), ("extras", extras)];
    Url::parse_with_params(HOSTED_SIGNUP, pairs)
        .map_err(|error| Problem::new(format!("The signup page could not be addressed ({error})."), ErrorClass::Configuration))
}
