//! What the upgrade says and offers, for each status and each state of the portfolio's terms, in both languages.

use std::sync::Arc;

use super::layout;
use crate::{
    domain::{
        Account, PortfolioId,
        account::{OnboardingStatus, Portfolio, TermsStatus},
        banner::UpgradeOutcome,
        upgrade::{Stage, Standing, StartedBy, UnderWay},
    },
    i18n::{Language, Texts},
    ops::upgrade::{Invitation, NotOffered, Way},
    tui::{
        effect::Effect,
        model::{
            Model,
            overlay::{Overlay, UpgradeOverlay},
        },
        msg::Msg,
        testing::{account, load, model_with, now, press, problem, screen, type_text},
        update::{update, way_lines},
    },
};

fn in_portfolio(id: &str, portfolio: &str, status: OnboardingStatus, terms: TermsStatus) -> Account {
    let plain = account(id, &format!("Account {id}"), portfolio, status);
    let owner = Portfolio { terms, terms_since: Some(now()), ..plain.portfolio.as_deref().unwrap().clone() };
    Account { portfolio: Some(Arc::new(owner)), ..plain }
}

fn all_ways() -> Vec<Way> {
    vec![
        Way::EmbeddedSignup { not_offered: None },
        Way::WhatsAppManager { url: "https://business.facebook.com/x".parse().unwrap() },
        Way::Invitation { not_offered: None },
    ]
}

/// The open page of portfolio 10, as one text without line ends.
fn page(model: &mut Model) -> String {
    model.settle();
    model.overlays = vec![Overlay::Upgrade(UpgradeOverlay { page: Some("10".into()), ways: all_ways(), ..Default::default() })];
    model.size = ratatui::layout::Size { width: 80, height: 24 };
    let Some(Overlay::Upgrade(overlay)) = model.overlays.last() else { unreachable!() };
    flat(&layout::page(model, overlay).lines.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a status is said to be in the way, and its remedy; nothing for those that are not in the way.
fn obstacle(status: &OnboardingStatus) -> Option<(&'static str, &'static str)> {
    match status {
        OnboardingStatus::Eligible | OnboardingStatus::Onboarded | OnboardingStatus::Unknown(_) => None,
        OnboardingStatus::PendingValidPaymentMethod => Some(("obstacle-payment", "remedy-payment")),
        OnboardingStatus::PendingInternalSetup => Some(("obstacle-setup", "remedy-wait")),
        OnboardingStatus::IneligibleInactiveOrRestricted => Some(("obstacle-restricted", "remedy-appeal")),
        OnboardingStatus::IneligibleCountryNotSupported => Some(("obstacle-country", "remedy-country")),
        OnboardingStatus::IneligibleOnBehalfOfWaba => Some(("obstacle-on-behalf-of", "remedy-transfer")),
        OnboardingStatus::IneligibleUsingWhatsappBusinessApp => Some(("obstacle-business-app", "remedy-business-app")),
    }
}

#[test]
fn r10_r11_r21_for_each_status_and_each_state_of_the_terms_what_is_said_and_offered_is_right_in_both_languages() {
    let unknown = TermsStatus::default();
    for language in Language::ALL {
        let texts = Texts::new(language);
        let said = |id: &str| flat(&texts.get(id));
        for status in OnboardingStatus::KNOWN {
            for terms in TermsStatus::KNOWN.iter().chain([&unknown]) {
                let case = format!("{language:?} {status:?} {terms:?}");
                let mut model = model_with(vec![in_portfolio("1", "10", status.clone(), terms.clone())]);
                model.texts = Arc::new(Texts::new(language));
                let shown = page(&mut model);
                let plan = &model.plans[0];
                if let Some((what, remedy)) = obstacle(status) {
                    assert!(shown.contains(&said(what)) && shown.contains(&said(remedy)), "{case}: {shown}");
                }
                let signup = way_lines(plan, &all_ways())[0].not_offered;
                let invite = way_lines(plan, &all_ways())[4].not_offered;
                let has_ways = shown.contains(&said("upgrade-way-manager-open"));
                match status {
                    OnboardingStatus::Eligible => {
                        assert!(signup.is_none() && has_ways && shown.contains(&said("upgrade-who")), "{case}: {shown}");
                        let (closed, more, standing) = match terms {
                            TermsStatus::RequestSent => (Some(NotOffered::AlreadyInvited), "remedy-answer", Standing::Waiting),
                            TermsStatus::Signed => {
                                (Some(NotOffered::AlreadyAccepted), "remedy-look-in-manager", Standing::Waiting)
                            }
                            _ => (None, "upgrade-ways-title", Standing::Ready),
                        };
                        assert_eq!((invite, model.standing(plan)), (closed, standing), "{case}");
                        assert!(shown.contains(&said(more)), "{case}: {shown}");
                    }
                    OnboardingStatus::Onboarded => {
                        assert_eq!(model.standing(plan), Standing::Done, "{case}");
                        assert!(shown.contains(&said("upgrade-nothing-left")) && !has_ways, "{case}: {shown}");
                    }
                    OnboardingStatus::IneligibleInactiveOrRestricted => {
                        assert_eq!((signup, invite), (Some(NotOffered::Restricted), Some(NotOffered::Restricted)), "{case}");
                        assert!(shown.contains(&said("upgrade-blocked")) && !has_ways, "{case}: {shown}");
                    }
                    _ => {
                        assert_eq!(signup, Some(NotOffered::NothingToUpgrade), "{case}");
                        assert!(invite.is_some() && shown.contains(&said("upgrade-ways-elsewhere")), "{case}: {shown}");
                        let waits = *status == OnboardingStatus::PendingInternalSetup;
                        let standing = if waits { Standing::Waiting } else { Standing::Blocked };
                        assert_eq!(model.standing(plan), standing, "{case}");
                    }
                }
                let is_id = |word: &str| ["upgrade-", "obstacle-", "remedy-"].iter().any(|start| word.starts_with(start));
                assert!(!shown.split(' ').any(is_id), "{case}: {shown}");
            }
        }
    }
}

#[test]
fn r11_the_smallest_terminal_scrolls_through_everything_down_to_the_last_way() {
    let statuses = OnboardingStatus::KNOWN.iter().filter(|status| **status != OnboardingStatus::IneligibleInactiveOrRestricted);
    let accounts =
        (1..).zip(statuses).map(|(id, status)| in_portfolio(&id.to_string(), "10", status.clone(), TermsStatus::NotStarted));
    let mut model = model_with(accounts.collect());
    screen(&mut model, 60, 15);
    press(&mut model, "u enter");
    update(&mut model, Msg::UpgradeWaysFound("10".into(), all_ways()));
    let (mut seen, mut last) = (String::new(), String::new());
    for _ in 0..80 {
        last = screen(&mut model, 60, 15);
        seen.push_str(&last);
        press(&mut model, "down");
    }
    // Single words: at this width a sentence is broken anywhere.
    for word in ["Account 1", "payment", "Transfer", "Business app", "not supported", "How to start"] {
        assert!(seen.contains(word), "{word} was never seen");
    }
    assert!(last.contains("▸ Send the partner invitation"), "{last}");
    for _ in 0..80 {
        press(&mut model, "up");
    }
    assert!(screen(&mut model, 60, 15).contains("Portfolio 10"), "and back to the top");
}

fn partner() -> Model {
    model_with(vec![
        in_portfolio("1", "10", OnboardingStatus::Onboarded, TermsStatus::Signed),
        in_portfolio("2", "20", OnboardingStatus::Eligible, TermsStatus::RequestSent),
        in_portfolio("3", "30", OnboardingStatus::Eligible, TermsStatus::NotStarted),
        in_portfolio("4", "40", OnboardingStatus::Eligible, TermsStatus::NotStarted),
        in_portfolio("5", "50", OnboardingStatus::IneligibleInactiveOrRestricted, TermsStatus::NotStarted),
    ])
}

fn list_open(model: &Model) -> &UpgradeOverlay {
    match model.overlays.last() {
        Some(Overlay::Upgrade(overlay)) => overlay,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_left_stands_under_a_running_tally_and_is_worked_through_with_one_key() {
    let mut model = partner();
    press(&mut model, "u");
    let shown = screen(&mut model, 100, 30);
    assert!(shown.contains("1 of 5 portfolios done · ◔ 1 waiting · ! 1 blocked · ○ 2 to upgrade"), "{shown}");
    assert!(shown.contains("Left to upgrade (4)") && !shown.contains("Portfolio 10"), "{shown}");
    let first = list_open(&model).chosen.clone();
    press(&mut model, "n");
    let second = list_open(&model).chosen.clone();
    assert!(first != second && [&first, &second].iter().all(|key| ["30", "40"].contains(&key.as_str())));
    let effects = press(&mut model, "enter n");
    assert_eq!(list_open(&model).page.as_ref(), Some(&first), "round and round, page by page: {effects:?}");
    assert!(matches!(effects.as_slice(), [Effect::FindUpgradeWays(_), Effect::FindUpgradeWays(_)]), "{effects:?}");
}

#[test]
fn the_list_is_narrowed_by_name_and_by_where_portfolios_stand() {
    let mut model = partner();
    press(&mut model, "u tab tab");
    let shown = screen(&mut model, 100, 30);
    assert!(
        shown.contains("Waiting for somebody (1)") && shown.contains("Portfolio 20") && !shown.contains("Portfolio 30"),
        "{shown}"
    );
    press(&mut model, "tab tab");
    assert!(screen(&mut model, 100, 30).contains("Done (1)"));
    press(&mut model, "tab /");
    type_text(&mut model, "account 5");
    let shown = screen(&mut model, 100, 30);
    assert!(shown.contains("Portfolio 50") && !shown.contains("Portfolio 40"), "{shown}");
    type_text(&mut model, "zzz");
    assert!(screen(&mut model, 100, 30).contains("Nothing matches."));
    press(&mut model, "esc");
    assert!(screen(&mut model, 100, 30).contains("Left to upgrade (4)"));
    press(&mut model, "esc");
    assert!(model.overlays.is_empty());
}

#[test]
fn the_chosen_portfolio_stays_chosen_while_others_end() {
    let mut model = partner();
    press(&mut model, "u down");
    let chosen = list_open(&model).chosen.clone();
    let ended = if chosen == "30" { "40" } else { "30" };
    let after = model.fleet.all().iter().map(|known| match known.portfolio.as_ref().map(|owner| owner.id.as_str()) {
        Some(owner) if owner == ended => in_portfolio(known.id.as_str(), ended, OnboardingStatus::Onboarded, TermsStatus::Signed),
        _ => known.as_ref().clone(),
    });
    let after = after.collect();
    load(&mut model, after);
    assert_eq!(list_open(&model).chosen, chosen);
    assert!(screen(&mut model, 100, 30).contains(&format!("▸○ Portfolio {chosen}")));
}

fn begun(portfolio: &str, account: &str, by: StartedBy) -> UnderWay {
    UnderWay::new(portfolio.into(), by, vec![account.into()], now())
}

#[test]
fn r13_upgrades_from_before_a_restart_are_followed_again_said_and_ended_by_whatever_shows_them_on() {
    let mut model = partner();
    let waiting = UnderWay { stage: Stage::Waiting, ..begun("20", "2", StartedBy::Invitation) };
    let effects = update(&mut model, Msg::UpgradesFound(vec![waiting, begun("30", "3", StartedBy::Manager)]));
    assert!(matches!(effects.as_slice(), [Effect::ResumeUpgrades(upgrades)] if upgrades.len() == 2), "{effects:?}");
    let shown = screen(&mut model, 100, 30);
    assert!(shown.contains("2 upgrades are waiting.") && shown.contains("2 upgrades from before are waiting"), "{shown}");
    let on = in_portfolio("3", "30", OnboardingStatus::Onboarded, TermsStatus::Signed);
    let effects = update(&mut model, Msg::AccountsReloaded(vec![on]));
    assert!(matches!(effects.first(), Some(Effect::EndUpgrade(id)) if id.as_str() == "30"), "{effects:?}");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::LoadFleet(_))), "the fleet is not read for it: {effects:?}");
    model.settle();
    assert_eq!(model.upgrades[&PortfolioId::from("30")].end, Some(UpgradeOutcome::Onboarded));
    assert!(screen(&mut model, 100, 30).contains("1 upgrade is waiting."));
}

#[test]
fn r13_waiting_can_be_given_up_after_a_question_and_nothing_late_brings_it_back() {
    let mut model = partner();
    update(&mut model, Msg::UpgradesFound(vec![begun("30", "3", StartedBy::Manager)]));
    press(&mut model, "u enter a");
    assert!(screen(&mut model, 100, 30).contains("Stop waiting?"));
    let effects = press(&mut model, "enter");
    assert!(matches!(effects.as_slice(), [Effect::EndUpgrade(id)] if id.as_str() == "30"), "{effects:?}");
    assert_eq!(model.upgrades_under_way(), 0);
    let late = crate::ops::upgrade::UpgradeUpdate::Ended(UpgradeOutcome::StillWaiting);
    assert!(update(&mut model, Msg::UpgradeMoved("30".into(), late)).is_empty());
    assert!(model.upgrades.is_empty());
}

#[test]
fn an_invitation_without_an_answer_raises_the_banner_is_looked_up_and_cleared_up() {
    let mut model = partner();
    press(&mut model, "u enter");
    let portfolio = list_open(&model).page.clone().unwrap();
    update(&mut model, Msg::UpgradeWaysFound(portfolio.clone(), all_ways()));
    press(&mut model, "down down down down enter enter");
    assert_eq!(model.upgrades_under_way(), 1);
    assert!(press(&mut model, "a").is_empty() && !matches!(model.overlays.last(), Some(Overlay::Confirm(_))), "while it is sent");
    let id = PortfolioId::from(portfolio.as_str());
    let unknown = Invitation::Unknown(Box::new(problem("No answer came.")));
    let effects = update(&mut model, Msg::AdminsInvited(id.clone(), unknown, Stage::Unanswered));
    assert!(matches!(effects.as_slice(), [Effect::ReadAccounts(_)]), "{effects:?}");
    model.settle();
    assert!(model.shown_failure().is_some(), "R20");
    assert!(screen(&mut model, 100, 30).contains("never sent again"));
    update(&mut model, Msg::UpgradeMoved(id, crate::ops::upgrade::UpgradeUpdate::Staged(Stage::Waiting)));
    model.settle();
    assert!(model.shown_failure().is_none());
}

#[test]
fn r13_in_the_embedded_sandbox_nothing_is_promised_beyond_quitting() {
    let mut model = partner();
    update(&mut model, Msg::UpgradesFound(vec![begun("30", "3", StartedBy::Manager)]));
    press(&mut model, "u enter");
    let shown = flat(&screen(&mut model, 160, 48));
    assert!(shown.contains("this built-in sandbox") && !shown.contains("after a restart"), "{shown}");
    if let crate::tui::model::Session::Ready(connection) = &mut model.session {
        connection.embedded = false;
    }
    assert!(flat(&screen(&mut model, 160, 48)).contains("also after a restart"));
}

#[test]
fn r12_a_code_for_this_machines_own_address_is_not_offered() {
    let mut model = partner();
    press(&mut model, "u enter");
    let key = list_open(&model).page.clone().unwrap();
    let here = Way::WhatsAppManager { url: "http://127.0.0.1:4000/sandbox/manager".parse().unwrap() };
    update(&mut model, Msg::UpgradeWaysFound(key, vec![here]));
    let shown = screen(&mut model, 100, 40);
    assert!(shown.contains("its address works on this machine"), "{shown}");
    press(&mut model, "down down enter");
    assert!(list_open(&model).qr.is_none());
}

#[test]
fn r12_behind_a_code_nothing_is_started_and_the_code_says_whose_it_is() {
    let mut model = partner();
    screen(&mut model, 80, 24);
    press(&mut model, "u enter");
    let key = list_open(&model).page.clone().unwrap();
    update(&mut model, Msg::UpgradeWaysFound(key.clone(), all_ways()));
    press(&mut model, "down down down enter");
    // The first ⏎ may only have brought the line into sight.
    if list_open(&model).qr.is_none() {
        press(&mut model, "enter");
    }
    assert!(list_open(&model).qr.is_some());
    let shown = screen(&mut model, 80, 24);
    assert!(shown.contains(&format!("Portfolio {key}")) && shown.contains("business.facebook.com"), "{shown}");
    assert!(shown.contains("esc back") && !shown.contains("⏎ start"), "{shown}");
    assert!(press(&mut model, "enter down enter").is_empty() && list_open(&model).qr.is_some());
}

#[test]
fn r13_a_running_wait_is_not_replaced_without_a_question_and_a_page_never_replaces_it() {
    let mut model = partner();
    let invited = UnderWay { stage: Stage::Waiting, ..begun("30", "3", StartedBy::Invitation) };
    update(&mut model, Msg::UpgradesFound(vec![invited]));
    screen(&mut model, 100, 60);
    press(&mut model, "u enter");
    update(&mut model, Msg::UpgradeWaysFound("30".into(), all_ways()));
    let effects = press(&mut model, "down enter");
    assert!(matches!(effects.as_slice(), [Effect::OpenBrowser(_)]), "{effects:?}");
    assert_eq!(model.upgrades[&PortfolioId::from("30")].under_way.by, StartedBy::Invitation);
    assert!(press(&mut model, "up enter").is_empty());
    assert!(screen(&mut model, 100, 60).contains("It takes the place of what is waited for now."));
    press(&mut model, "esc");
    assert_eq!(model.upgrades[&PortfolioId::from("30")].under_way.by, StartedBy::Invitation);
    let effects = press(&mut model, "enter enter");
    assert!(matches!(effects.as_slice(), [Effect::BeginUpgrade(_)]), "{effects:?}");
}

#[test]
fn r10_the_section_and_the_list_count_alike_and_no_account_twice() {
    let mut model = model_with(vec![
        in_portfolio("2", "20", OnboardingStatus::Eligible, TermsStatus::RequestSent),
        in_portfolio("3", "30", OnboardingStatus::Eligible, TermsStatus::NotStarted),
        in_portfolio("5", "50", OnboardingStatus::IneligibleInactiveOrRestricted, TermsStatus::NotStarted),
        in_portfolio("6", "50", OnboardingStatus::Eligible, TermsStatus::NotStarted),
    ]);
    let shown = screen(&mut model, 160, 48);
    let words = "1 upgrade is waiting. 1 account in 1 portfolio can be upgraded. 1 account is kept back by a restriction.";
    assert!(shown.contains(words), "{shown}");
    press(&mut model, "u");
    assert!(screen(&mut model, 160, 48).contains("◔ 1 waiting · ! 1 blocked · ○ 1 to upgrade"));
    press(&mut model, "/");
    type_text(&mut model, "portfolio 50");
    let shown = flat(&screen(&mut model, 160, 48));
    assert!(shown.contains("Once the restriction is lifted, one acceptance turns on 1 account"), "{shown}");
}
