//! `wabadeck upgrade`: what one acceptance covers and what stands in its way, the link for whoever accepts, the invitation,
//! and waiting for the end (R11, R12, R13). It accepts nothing itself.

mod check;

use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;
use tokio::sync::mpsc;
use url::Url;

use super::{
    App, Exit, Failure,
    output::{self, complain},
};
use crate::{
    domain::{
        WabaId,
        banner::UpgradeOutcome,
        status::StatusClass,
        upgrade::{Owner, UpgradePlan, plans},
    },
    ops::{
        Session, browser, fleet,
        upgrade::{self, Invitation, NotOffered, Rhythm, Signup, UpgradeUpdate, Way},
    },
    text, wording,
};

/// Arguments of `wabadeck upgrade`.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").args(["check", "signup", "link", "invite", "wait", "abandon"]))]
pub struct Args {
    /// The portfolio: its id or its whole name.
    #[arg(value_name = "PORTFOLIO")]
    pub portfolio: Option<String>,
    /// What can be upgraded.
    #[arg(long)]
    pub check: bool,
    /// Embedded signup in the browser.
    #[arg(long)]
    pub signup: bool,
    /// Open the signup page in the browser.
    #[arg(long, requires = "signup")]
    pub open: bool,
    /// The link to WhatsApp Manager.
    #[arg(long)]
    pub link: bool,
    /// The invitation by e-mail.
    #[arg(long)]
    pub invite: bool,
    /// Wait for the accounts to turn on.
    #[arg(long)]
    pub wait: bool,
    /// Stop waiting for what was begun.
    #[arg(long)]
    pub abandon: bool,
    /// The QR code, also where no terminal is.
    #[arg(long, requires = "link")]
    pub qr: bool,
    /// Really invite.
    #[arg(long, requires = "invite")]
    pub yes: bool,
    /// Seconds to wait at most.
    #[arg(long, value_name = "SECONDS", conflicts_with_all = ["check", "link", "invite"], default_value_t = 900, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub timeout: u64,
    /// JSON.
    #[arg(long)]
    pub json: bool,
}

/// Reads the accounts, then does what was asked; without any of the options it checks.
pub async fn run(app: &App, arguments: &Args) -> Result<Exit, Failure> {
    if arguments.invite && !arguments.yes {
        return Err(Failure::said(Exit::Usage, app.texts.get("cli-upgrade-invite-say-so")));
    }
    let session = app.session().await?;
    let loaded = fleet::load_all(&session).await;
    app.say_sandbox(&session);
    let fleet = loaded?;
    let plans = plans(&fleet.accounts, Timestamp::now());
    if arguments.signup || arguments.link || arguments.invite || arguments.wait || arguments.abandon {
        let plan = choose(app, &plans, arguments.portfolio.as_deref())?;
        if arguments.signup {
            signup(app, arguments, &session, plan).await
        } else if arguments.link {
            link(app, arguments, &session, plan)
        } else if arguments.abandon {
            abandon(app, arguments, &session, plan).await
        } else if arguments.invite {
            invite(app, arguments, &session, plan).await
        } else {
            wait(app, arguments, &session, plan).await
        }
    } else {
        let plans = match arguments.portfolio.as_deref() {
            Some(wanted) => vec![choose(app, &plans, Some(wanted))?],
            None => plans.iter().collect(),
        };
        let under_way = upgrade::under_way(&session).await.unwrap_or_else(|problem| {
            tracing::warn!(%problem, "What was begun before is not known");
            Vec::new()
        });
        Ok(check::print(app, arguments.json, &fleet, &plans, &under_way))
    }
}

fn owner_name(owner: &Owner) -> String {
    match owner {
        Owner::Portfolio { id, name } => wording::name_or_id(name, id),
        Owner::Unknown(account) => account.to_string(),
    }
}

/// The portfolio that was named; without a name the only one that has something to upgrade.
fn choose<'a>(app: &App, plans: &'a [UpgradePlan], wanted: Option<&str>) -> Result<&'a UpgradePlan, Failure> {
    let candidates: Vec<&UpgradePlan> = plans
        .iter()
        .filter(|plan| match (wanted, &plan.owner) {
            (None, _) => plan.is_offered(),
            (Some(wanted), Owner::Portfolio { id, name }) => id.as_str() == wanted || name.eq_ignore_ascii_case(wanted.trim()),
            (Some(wanted), Owner::Unknown(account)) => account.as_str() == wanted,
        })
        .collect();
    match (candidates.as_slice(), wanted) {
        ([only], _) => Ok(only),
        ([], None) => Err(Failure::said(Exit::RefusedByRules, app.texts.get("upgrade-none-can"))),
        ([], Some(wanted)) => {
            Err(Failure::said(Exit::Failed, app.texts.with("cli-upgrade-unknown", &[("name", text::clean(wanted).into())])))
        }
        (several, _) => {
            let named = |plan: &&UpgradePlan| match &plan.owner {
                Owner::Portfolio { id, .. } => format!("{} ({id})", owner_name(&plan.owner)),
                Owner::Unknown(account) => account.to_string(),
            };
            let names = several.iter().map(named).collect::<Vec<_>>().join(", ");
            Err(Failure::said(Exit::Usage, app.texts.with("cli-upgrade-several", &[("names", names.into())])))
        }
    }
}

fn manager(session: &Session, plan: &UpgradePlan) -> Option<Url> {
    upgrade::ways(session, plan).into_iter().find_map(|way| match way {
        Way::WhatsAppManager { url } => Some(url),
        _ => None,
    })
}

/// R21: says the sentence and gives the exit code where the portfolio is blocked.
fn blocked(app: &App, plan: &UpgradePlan) -> Option<Exit> {
    plan.blocked()?;
    complain(&app.texts.get("label-banner-ineligible"));
    Some(Exit::RefusedByRules)
}

/// The address for the person with full control. It can be passed on while the portfolio is blocked, but that is said.
fn link(app: &App, arguments: &Args, session: &Session, plan: &UpgradePlan) -> Result<Exit, Failure> {
    let url = manager(session, plan).ok_or_else(|| Failure::said(Exit::Failed, app.texts.get("cli-upgrade-no-link")))?;
    let refused = blocked(app, plan);
    if !plan.is_offered() && refused.is_none() {
        complain(&app.texts.get("upgrade-nothing-covered"));
    }
    let printed = if arguments.json {
        output::print_json(&json!({ "portfolio": check::owner(&plan.owner), "url": url.as_str() }))
    } else {
        let mut page = format!("{url}\n");
        if arguments.qr || app.output.width.is_some() {
            page.push_str(&qr(&url).unwrap_or_default());
        }
        output::print(&page)
    };
    Ok(refused.unwrap_or(printed))
}

/// The address as a code to scan, two rows of it in each line.
fn qr(url: &Url) -> Option<String> {
    let code = qrcode::QrCode::with_error_correction_level(url.as_str().as_bytes(), qrcode::EcLevel::L).ok()?;
    let width = code.width();
    let dark = |x: usize, y: usize| x < width && y < width && code[(x, y)] == qrcode::Color::Dark;
    let mut drawn = String::from("\n");
    // Light is drawn, dark is left out, with a light margin: so terminals with a dark ground show it the right way round.
    for y in (0..width + 4).step_by(2) {
        for x in 0..width + 4 {
            let inside = |y: usize| x.checked_sub(2).zip(y.checked_sub(2)).is_some_and(|(x, y)| dark(x, y));
            drawn.push(match (inside(y), inside(y + 1)) {
                (false, false) => '█',
                (false, true) => '▀',
                (true, false) => '▄',
                (true, true) => ' ',
            });
        }
        drawn.push('\n');
    }
    Some(drawn)
}

/// Invites every admin, once. An invitation that exists already is as good as a new one.
async fn invite(app: &App, arguments: &Args, session: &Session, plan: &UpgradePlan) -> Result<Exit, Failure> {
    if let Some(exit) = blocked(app, plan) {
        return Ok(exit);
    }
    let not_offered = upgrade::ways(session, plan).into_iter().find_map(|way| match way {
        Way::Invitation { not_offered } => not_offered,
        _ => None,
    });
    let (mut before, mut after) = (plan.terms.clone(), plan.terms.clone());
    let (word, said, request_id, exit) = match not_offered {
        Some(NotOffered::AlreadyInvited) => ("already_invited", "upgrade-invited-before", None, Exit::Done),
        Some(NotOffered::AlreadyAccepted) => ("already_accepted", "upgrade-not-accepted", None, Exit::Done),
        Some(NotOffered::UnknownPortfolio) => ("not_sent", "upgrade-portfolio-unknown", None, Exit::RefusedByRules),
        Some(_) => ("not_sent", "upgrade-nothing-covered", None, Exit::RefusedByRules),
        None => {
            let invited = upgrade::invite(session, plan).await?;
            (before, after) = (invited.before, invited.after);
            let request_id = invited.request_id;
            match invited.invitation {
                Invitation::Sent => ("sent", "upgrade-invited", request_id, Exit::Done),
                Invitation::AlreadySent => ("already_invited", "upgrade-invited-before", request_id, Exit::Done),
                Invitation::AlreadyAccepted => ("already_accepted", "upgrade-not-accepted", request_id, Exit::Done),
                Invitation::Unknown(problem) => {
                    complain(&problem.to_text(app.texts.language()));
                    ("unknown", "cli-upgrade-invite-unknown", request_id, Exit::OutcomeUnknown)
                }
            }
        }
    };
    if arguments.json {
        output::print_json(&json!({
            "portfolio": check::owner(&plan.owner), "outcome": word, "request_id": request_id,
            "terms_before": before.as_wire(), "terms": after.as_wire(),
        }));
    } else if exit == Exit::Done {
        output::print(&format!("{}\n", app.texts.get(said)));
    } else {
        complain(&app.texts.get(said));
    }
    Ok(exit)
}

/// Forgets an upgrade that was begun; the admins keep an invitation that was sent.
async fn abandon(app: &App, arguments: &Args, session: &Session, plan: &UpgradePlan) -> Result<Exit, Failure> {
    let begun = upgrade::under_way(session).await?;
    let kept = plan.owner.portfolio().filter(|id| begun.iter().any(|upgrade| upgrade.portfolio == **id));
    let (word, said) = match kept {
        Some(portfolio) => {
            upgrade::forget(session, portfolio).await?;
            ("abandoned", "upgrade-abandoned")
        }
        None => ("nothing_waited_for", "upgrade-nothing-to-abandon"),
    };
    if arguments.json {
        return Ok(output::print_json(&json!({ "portfolio": check::owner(&plan.owner), "outcome": word })));
    }
    Ok(output::print(&format!("{}\n", app.texts.get(said))))
}

/// Follows the upgrade, whoever began it, with a line on standard error for each look.
async fn wait(app: &App, arguments: &Args, session: &Session, plan: &UpgradePlan) -> Result<Exit, Failure> {
    if let Some(exit) = blocked(app, plan) {
        return Ok(exit);
    }
    let url = manager(session, plan).ok_or_else(|| Failure::said(Exit::Failed, app.texts.get("cli-upgrade-no-link")))?;
    let mut signup = upgrade::elsewhere(plan, url);
    signup.covers = plan.awaited();
    if signup.covers.is_empty() && plan.already_on.is_empty() {
        return Err(Failure::said(Exit::RefusedByRules, app.texts.get("upgrade-nothing-covered")));
    }
    follow(app, arguments, session, plan, signup).await
}

/// Serves the signup page until it is answered, and follows the upgrade to its end.
async fn signup(app: &App, arguments: &Args, session: &Session, plan: &UpgradePlan) -> Result<Exit, Failure> {
    if let Some(exit) = blocked(app, plan) {
        return Ok(exit);
    }
    let signup = upgrade::begin(session, plan).await?;
    // With JSON only the outcome goes to standard output.
    if arguments.json {
        complain(&signup.url);
    } else {
        output::print(&format!("{}\n", signup.url));
    }
    complain(&app.texts.get("cli-upgrade-signup-open"));
    if arguments.open {
        let address = signup.url.to_string();
        let opened = tokio::task::spawn_blocking(move || browser::open(&address)).await;
        if let Err(reason) = opened.unwrap_or_else(|error| Err(error.to_string())) {
            complain(&app.texts.with("cli-upgrade-not-opened", &[("reason", text::clean(&reason).into())]));
        }
    }
    follow(app, arguments, session, plan, signup).await
}

async fn follow(app: &App, arguments: &Args, session: &Session, plan: &UpgradePlan, signup: Signup) -> Result<Exit, Failure> {
    let accounts = signup.covers.clone();
    let usual = Rhythm::of(session);
    let patience = Duration::from_secs(arguments.timeout);
    let rhythm = Rhythm { first: usual.first.min(patience), longest: usual.longest.min(patience), patience, ..usual };
    let (updates, heard) = mpsc::channel(16);
    let (outcome, ()) = tokio::join!(upgrade::follow_at(session, signup, rhythm, updates), report(app, accounts.len(), heard));
    let (word, exit, problem) = match &outcome {
        UpgradeOutcome::Onboarded => ("onboarded", Exit::Done, None),
        UpgradeOutcome::StillWaiting => ("still_waiting", Exit::StillWaiting, None),
        UpgradeOutcome::Failed(failure) => ("failed", Exit::Failed, Some(wording::for_support(failure))),
    };
    if arguments.json {
        output::print_json(&json!({
            "portfolio": check::owner(&plan.owner), "outcome": word, "problem": problem,
            "accounts": accounts.iter().map(WabaId::as_str).collect::<Vec<_>>(),
        }));
        return Ok(exit);
    }
    match problem {
        None if exit == Exit::Done => {
            output::print(&format!("{}\n", app.texts.get("upgrade-ended-onboarded")));
        }
        None => complain(&app.texts.get("upgrade-ended-waiting")),
        Some(problem) => complain(&text::clean(&problem)),
    }
    Ok(exit)
}

/// Says how it goes: how many of the accounts are on, and since when it waits.
async fn report(app: &App, all: usize, mut heard: mpsc::Receiver<UpgradeUpdate>) {
    let began = std::time::Instant::now();
    let mut on = std::collections::HashSet::new();
    while let Some(update) = heard.recv().await {
        match update {
            UpgradeUpdate::Checked { accounts } => {
                let turned = accounts
                    .into_iter()
                    .filter(|account| account.onboarding.class() == StatusClass::On)
                    .map(|account| account.id);
                on.extend(turned);
                let seconds = began.elapsed().as_secs();
                let elapsed = format!("{}:{:02}", seconds / 60, seconds % 60);
                let arguments = [("on", on.len().into()), ("count", all.into()), ("elapsed", elapsed.into())];
                complain(&app.texts.with("cli-upgrade-progress", &arguments));
            }
            UpgradeUpdate::NotChecked { problem } => complain(&problem.to_text(app.texts.language())),
            UpgradeUpdate::TokenKept(kept) => {
                let arguments = [("profile", kept.profile.into()), ("place", kept.place.name().into())];
                complain(&app.texts.with("upgrade-token-kept", &arguments));
            }
            UpgradeUpdate::Opened { .. }
            | UpgradeUpdate::Answered(_)
            | UpgradeUpdate::Staged(_)
            | UpgradeUpdate::NotKept { .. }
            | UpgradeUpdate::Ended(_) => {}
        }
    }
}
