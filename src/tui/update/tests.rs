//! Keys and answers as they come, and what the dashboard makes of them.

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::update;
use crate::{
    domain::{
        Account, PortfolioId,
        account::{DiscoveryPath, OnboardingStatus},
        banner::{Banner, UpgradeOutcome, UpgradeStep},
    },
    graph::{Subject, Usage},
    i18n::Language,
    ops::{
        Problem,
        fleet::FleetUpdate,
        upgrade::{UpgradeUpdate, Way, failure},
    },
    tui::{
        command::{COMMANDS, CommandId},
        effect::Effect,
        key::Key,
        model::{Model, Screen, overlay::Overlay},
        msg::Msg,
        testing::{account, connect, empty_model, load, model_with, model_with_fleet, now, press, problem, screen},
        view::Target,
    },
};

fn portfolio(id: &str) -> PortfolioId {
    id.into()
}

fn later(seconds: i64) -> Timestamp {
    now().checked_add(SignedDuration::from_secs(seconds)).unwrap()
}

fn address(url: &str) -> Url {
    url.parse().unwrap()
}

fn failed_with(problem: &Problem) -> UpgradeUpdate {
    UpgradeUpdate::Ended(UpgradeOutcome::Failed(failure(problem, Some(&portfolio("10")), UpgradeStep::Signup)))
}

/// Chooses portfolio 10 in the chooser and is told the ways.
fn choose_way(model: &mut Model) {
    press(model, "u");
    let effects = press(model, "enter");
    assert!(matches!(effects.as_slice(), [Effect::FindUpgradeWays(_)]), "{effects:?}");
    let ways = vec![
        Way::EmbeddedSignup { not_offered: None },
        Way::WhatsAppManager { url: address("https://business.facebook.com/x") },
        Way::Invitation { not_offered: None },
    ];
    update(model, Msg::UpgradeWaysFound("10".into(), ways));
}

fn general_failures(model: &Model) -> usize {
    model.banners.iter().filter(|banner| matches!(banner, Banner::General(_))).count()
}

#[test]
fn connecting_asks_for_the_fleet_at_once() {
    let mut model = empty_model(Language::English);
    assert!(matches!(connect(&mut model).as_slice(), [Effect::LoadFleet(_), Effect::FindUpgradesUnderWay]));
}

#[test]
fn r3_an_account_turned_on_in_whatsapp_manager_is_on_after_the_next_refresh() {
    let mut model = model_with_fleet();
    assert_eq!(model.fleet.onboarded(), 1);
    load(&mut model, vec![account("102", "Bergblick Spa", "10", OnboardingStatus::Onboarded)]);
    assert_eq!(model.fleet.onboarded(), 1);
    assert_eq!(model.fleet.get(&"102".into()).unwrap().onboarding, OnboardingStatus::Onboarded);
    assert!(model.plans.iter().all(|plan| !plan.is_offered()));
}

#[test]
fn r10_upgrade_setting_starts_embedded_signup_and_changes_no_status_by_itself() {
    let mut model = model_with_fleet();
    choose_way(&mut model);
    let effects = press(&mut model, "enter");
    assert!(
        matches!(effects.as_slice(), [Effect::BeginUpgrade(plan)] if plan.owner.portfolio() == Some(&portfolio("10"))),
        "{effects:?}"
    );
    assert_eq!(model.fleet.onboarded(), 1);
}

#[test]
fn r11_before_starting_it_says_what_is_covered_who_accepts_and_what_is_in_the_way() {
    let mut model = model_with(vec![
        account("101", "Alpha", "10", OnboardingStatus::Eligible),
        account("102", "Beta", "10", OnboardingStatus::PendingValidPaymentMethod),
        account("103", "Gamma", "10", OnboardingStatus::IneligibleOnBehalfOfWaba),
    ]);
    press(&mut model, "u");
    let shown = screen(&mut model, 100, 30);
    for words in [
        "turns on 1 account: Alpha",
        "full control",
        "Beta: terms accepted, a valid payment method is missing",
        "Gamma: owned on behalf of",
    ] {
        assert!(shown.contains(words), "{words} is missing:\n{shown}");
    }
}

#[test]
fn r12_all_ways_to_start_stand_in_one_chooser_and_the_invitation_asks_first() {
    let mut model = model_with_fleet();
    choose_way(&mut model);
    let shown = screen(&mut model, 100, 30);
    for words in ["embedded signup", "Open WhatsApp Manager", "Copy the link", "QR code", "partner invitation"] {
        assert!(shown.contains(words), "{words} is missing:\n{shown}");
    }
    let effects = press(&mut model, "down down down down enter");
    assert!(effects.is_empty(), "nothing is sent before the question is answered: {effects:?}");
    assert!(screen(&mut model, 100, 30).contains("e-mails every admin"));
    press(&mut model, "esc");
    assert!(!matches!(model.overlays.last(), Some(Overlay::Confirm(_))));
    let effects = press(&mut model, "enter enter");
    assert!(
        matches!(effects.as_slice(), [Effect::InviteAdmins(plan)] if plan.owner.portfolio() == Some(&portfolio("10"))),
        "{effects:?}"
    );
}

#[test]
fn r13_waiting_says_for_what_and_how_long_can_be_left_and_comes_to_an_end() {
    let mut model = model_with_fleet();
    choose_way(&mut model);
    press(&mut model, "enter");
    update(
        &mut model,
        Msg::UpgradeMoved(portfolio("10"), UpgradeUpdate::Opened { url: address("http://127.0.0.1:1/sandbox/signup") }),
    );
    update(&mut model, Msg::ClockAdvanced(later(75)));
    let shown = screen(&mut model, 100, 30);
    assert!(shown.contains("accept the terms · 1:15"), "{shown}");
    press(&mut model, "esc esc");
    assert!(model.overlays.is_empty());
    assert!(screen(&mut model, 100, 30).contains("1 upgrade is waiting."));
    press(&mut model, "u enter");
    assert!(screen(&mut model, 100, 30).contains("accept the terms"), "it can be come back to");
    update(&mut model, Msg::UpgradeMoved(portfolio("10"), UpgradeUpdate::Ended(UpgradeOutcome::StillWaiting)));
    assert!(screen(&mut model, 100, 30).contains("Still waiting"));
    assert_eq!(general_failures(&model), 0);
}

#[test]
fn r13_an_upgrade_that_took_shows_the_accounts_on() {
    let mut model = model_with_fleet();
    choose_way(&mut model);
    press(&mut model, "enter");
    let on = account("102", "Bergblick Spa", "10", OnboardingStatus::Onboarded);
    update(&mut model, Msg::UpgradeMoved(portfolio("10"), UpgradeUpdate::Checked { accounts: vec![on] }));
    update(&mut model, Msg::UpgradeMoved(portfolio("10"), UpgradeUpdate::Ended(UpgradeOutcome::Onboarded)));
    assert_eq!(model.fleet.onboarded(), 2);
    assert!(screen(&mut model, 100, 30).contains("Onboarded: optimized delivery is on"));
}

#[test]
fn r20_anything_that_goes_wrong_in_an_upgrade_raises_the_banner_which_can_be_copied_and_dismissed() {
    let mut model = model_with_fleet();
    choose_way(&mut model);
    press(&mut model, "enter");
    let mut failed = problem("Meta refused the signup");
    (failed.code, failed.subcode) = (Some(134_102), Some(7));
    (failed.fbtrace_id, failed.session_id) = (Some("AbcTrace".to_owned()), Some("sess-1".to_owned()));
    update(&mut model, Msg::UpgradeMoved(portfolio("10"), failed_with(&failed)));
    model.settle();
    assert_eq!(general_failures(&model), 1);
    press(&mut model, "esc esc");
    let shown = screen(&mut model, 160, 48);
    assert!(shown.contains("Something went wrong during the upgrade. Try again, or contact Support."), "{shown}");
    let copied = press(&mut model, "Y");
    let [Effect::Copy(text)] = copied.as_slice() else { panic!("{copied:?}") };
    for needed in ["134102", "subcode: 7", "AbcTrace", "sess-1", "time:"] {
        assert!(text.contains(needed), "{needed} is missing: {text}");
    }
    let support = press(&mut model, "H");
    assert!(matches!(support.as_slice(), [Effect::OpenBrowser(url)] if url == "https://support.example/waba"));
    press(&mut model, "x");
    assert_eq!(general_failures(&model), 0);
}

#[test]
fn r20_and_r21_stack_and_dismissing_takes_only_the_general_one() {
    let mut model = model_with_fleet();
    choose_way(&mut model);
    press(&mut model, "enter");
    update(&mut model, Msg::UpgradeMoved(portfolio("10"), failed_with(&problem("It broke"))));
    press(&mut model, "esc esc");
    let shown = screen(&mut model, 160, 48);
    assert!(shown.contains("restricted by Meta. Accounts") && shown.contains("Something went wrong"), "{shown}");
    press(&mut model, "x x x");
    assert!(matches!(model.banners.as_slice(), [Banner::Ineligible { .. }]), "{:?}", model.banners);
}

#[test]
fn r21_no_key_click_or_command_dismisses_the_ineligible_banner() {
    let mut model = model_with_fleet();
    let stands = |model: &Model| matches!(model.banners.first(), Some(Banner::Ineligible { .. }));
    let keys = (' '..='~').map(Key::char).chain(COMMANDS.iter().flat_map(|command| command.default_keys()));
    for key in keys.filter(|key| *key != Key::control('c')) {
        model.overlays.clear();
        model.accounts.filtering = false;
        model.screen = Screen::Accounts;
        model.quitting = false;
        update(&mut model, Msg::KeyPressed(key));
        model.settle();
        assert!(stands(&model), "{key} dismissed it");
    }
    for command in COMMANDS {
        model.overlays.clear();
        update(&mut model, Msg::TargetClicked(Target::Command(command.id)));
        model.stale = true;
        model.settle();
        assert!(stands(&model), "{} dismissed it", command.name);
    }
}

#[test]
fn r21_the_dismiss_key_answers_why_it_stays() {
    let mut model = model_with_fleet();
    press(&mut model, "x");
    assert!(
        model.toast.as_ref().is_some_and(|toast| toast.text.contains("stays until Meta lifts the restriction")),
        "{:?}",
        model.toast
    );
}

#[test]
fn r21_the_banner_jumps_to_the_restricted_account_even_past_a_filter() {
    let mut model = model_with_fleet();
    press(&mut model, "end /");
    for character in "spa".chars() {
        update(&mut model, Msg::KeyPressed(Key::char(character)));
    }
    press(&mut model, "enter i");
    assert_eq!(model.accounts.selected, Some("201".into()));
    assert!(screen(&mut model, 80, 24).contains("▌⊘ Restricted"));
}

#[test]
fn r21_a_restriction_blocks_the_upgrade_of_its_portfolio_only() {
    let mut model = model_with(vec![
        account("101", "Alpha", "10", OnboardingStatus::Eligible),
        account("201", "Beta", "20", OnboardingStatus::Eligible),
        account("202", "Gamma", "20", OnboardingStatus::IneligibleInactiveOrRestricted),
    ]);
    let blocked: Vec<_> =
        model.plans.iter().map(|plan| (plan.owner.portfolio().unwrap().to_string(), plan.blocked().is_some())).collect();
    assert!(blocked.contains(&("20".to_owned(), true)) && blocked.contains(&("10".to_owned(), false)), "{blocked:?}");
    model.accounts.selected = Some("201".into());
    press(&mut model, "u down");
    let effects = press(&mut model, "enter");
    assert!(effects.is_empty(), "{effects:?}");
    let shown = screen(&mut model, 100, 40);
    assert!(shown.contains("cannot be upgraded while Meta restricts") && !shown.contains("How to start"), "{shown}");
    assert!(press(&mut model, "enter down enter").is_empty(), "nothing on the page starts anything");
}

#[test]
fn r21_the_banner_goes_by_itself_once_no_account_is_restricted() {
    let mut model = model_with_fleet();
    let reinstated =
        Account { onboarding: OnboardingStatus::Eligible, ..account("201", "Casa Verde", "20", OnboardingStatus::Eligible) };
    update(&mut model, Msg::AccountsReloaded(vec![reinstated]));
    model.settle();
    assert!(model.banners.is_empty(), "{:?}", model.banners);
}

#[test]
fn limits_that_are_nearly_or_wholly_used_up_stand_in_the_header_and_with_the_account() {
    let mut model = model_with_fleet();
    let usage = |percent, resting_until| Usage { subject: Subject::Object("201".to_owned()), percent, resting_until };
    model.fleet.usage = vec![usage(80, None)];
    assert!(screen(&mut model, 120, 30).contains("API limit 80 % used"));
    model.fleet.usage = vec![usage(100, Some(later(600)))];
    let shown = screen(&mut model, 160, 60);
    assert!(shown.contains("API rests until 14:23") && shown.contains("used up; calls rest until 14:23"), "{shown}");
    update(&mut model, Msg::ClockAdvanced(later(601)));
    assert!(!screen(&mut model, 160, 60).contains("rests until"));
}

#[test]
fn an_account_says_which_way_could_not_see_it_and_why() {
    let mut model = model_with_fleet();
    let generation = model.fleet.ask(model.now);
    let error = Box::new(problem("Meta refused the client accounts (200)"));
    let failed = FleetUpdate::PathFailed { path: DiscoveryPath::Client, portfolio: Some(portfolio("20")), account: None, error };
    update(&mut model, Msg::FleetUpdated(generation, failed));
    let shown = screen(&mut model, 160, 60);
    assert!(
        shown.contains("listed by a portfolio it is shared with:") && shown.contains("Meta refused the client accounts (200)"),
        "{shown}"
    );
}

#[test]
fn late_answer_for_an_old_asking_is_dropped() {
    let mut model = model_with_fleet();
    let old = model.fleet.ask(model.now);
    let _new = model.fleet.ask(model.now);
    update(&mut model, Msg::FleetLoaded(old, Err(problem("too late"))));
    assert!(model.fleet.failure.is_none());
}

#[test]
fn it_refreshes_by_itself_after_the_interval_and_not_before() {
    let mut model = model_with_fleet();
    assert!(update(&mut model, Msg::ClockAdvanced(later(299))).is_empty());
    assert!(matches!(update(&mut model, Msg::ClockAdvanced(later(300))).as_slice(), [Effect::LoadFleet(_)]));
    assert!(update(&mut model, Msg::ClockAdvanced(later(900))).is_empty(), "one asking at a time");
}

#[test]
fn a_refresh_that_takes_long_says_for_how_long() {
    let mut model = model_with_fleet();
    press(&mut model, "r");
    assert!(screen(&mut model, 80, 24).contains("refreshing…"));
    assert_eq!(model.next_wake(), Some(later(10)));
    update(&mut model, Msg::ClockAdvanced(later(47)));
    assert!(screen(&mut model, 80, 24).contains("refreshing for 45 s"));
    assert_eq!(model.next_wake(), Some(later(50)), "it is drawn seldom");
}

#[test]
fn nothing_ticks_while_nothing_moves() {
    let mut model = model_with_fleet();
    model.preferences.refresh_seconds = None;
    assert_eq!(model.next_wake(), None);
}

#[test]
fn a_paste_runs_no_commands() {
    let mut model = model_with_fleet();
    assert!(update(&mut model, Msg::TextPasted("q\nu\n".to_owned())).is_empty());
    assert!(!model.quitting && model.overlays.is_empty());
}

#[test]
fn a_letter_in_the_filter_is_typed_and_runs_nothing() {
    let mut model = model_with_fleet();
    press(&mut model, "/ q u");
    assert!(!model.quitting && model.overlays.is_empty());
    assert_eq!(model.accounts.filter.text(), "qu");
}

#[test]
fn a_command_that_cannot_run_says_why() {
    let mut model = empty_model(Language::English);
    press(&mut model, "c");
    assert_eq!(model.toast.as_ref().map(|toast| toast.text.as_str()), Some("No account is known yet."));
}

#[test]
fn the_palette_finds_a_command_and_runs_it() {
    let mut model = model_with_fleet();
    press(&mut model, ":");
    for character in "benef".chars() {
        update(&mut model, Msg::KeyPressed(Key::char(character)));
    }
    press(&mut model, "enter");
    assert!(matches!(model.overlays.as_slice(), [Overlay::Benefits]), "{:?}", model.overlays);
}

#[test]
fn ctrl_c_quits_from_anywhere() {
    for keys in ["/", ":", "?", "u", "b", "c"] {
        let mut model = model_with_fleet();
        press(&mut model, keys);
        press(&mut model, "ctrl-c");
        assert!(model.quitting, "after {keys}");
    }
}

#[test]
fn a_click_selects_and_a_second_one_opens() {
    let mut model = model_with_fleet();
    update(&mut model, Msg::TargetClicked(Target::Account("102".into())));
    assert_eq!((model.accounts.selected.clone(), &model.screen), (Some("102".into()), &Screen::Accounts));
    update(&mut model, Msg::TargetClicked(Target::Account("102".into())));
    assert_eq!(model.screen, Screen::Account("102".into()));
    update(&mut model, Msg::TargetClicked(Target::Command(CommandId::GoBack)));
    assert_eq!(model.screen, Screen::Accounts);
}

#[test]
fn a_browser_that_cannot_be_opened_is_said_and_leaves_the_address() {
    let mut model = model_with_fleet();
    choose_way(&mut model);
    press(&mut model, "enter");
    let url = "http://127.0.0.1:4000/sandbox/signup?state=1";
    update(&mut model, Msg::UpgradeMoved(portfolio("10"), UpgradeUpdate::Opened { url: address(url) }));
    update(&mut model, Msg::BrowserOpened(url.to_owned(), Err("no browser".to_owned())));
    let shown = screen(&mut model, 100, 40);
    assert!(shown.contains("No browser could be opened here") && shown.contains(url), "{shown}");
    assert!(!shown.contains('█'), "a code for this machine's own address is of no use elsewhere: {shown}");
}

#[test]
fn an_answer_to_a_key_goes_with_the_next_key_once_it_was_seen_and_a_failure_stays() {
    let mut model = model_with_fleet();
    press(&mut model, "x");
    press(&mut model, "down");
    assert!(screen(&mut model, 80, 24).contains("stays until Meta lifts"), "keys typed ahead do not take it away unseen");
    model.remember_frame(&[]);
    press(&mut model, "down");
    assert!(model.toast.is_none());
    update(&mut model, Msg::TaskBroke("it panicked".to_owned()));
    model.remember_frame(&[]);
    press(&mut model, "down up");
    assert!(screen(&mut model, 80, 24).contains("it panicked"));
}

#[test]
fn a_key_of_the_account_screen_says_on_the_list_where_it_works() {
    let mut model = model_with_fleet();
    press(&mut model, "o");
    assert!(screen(&mut model, 100, 30).contains("works on an account's own screen: ⏎ opens it"));
}

#[test]
fn an_account_that_is_opened_again_begins_at_its_top() {
    let mut model = model_with_fleet();
    press(&mut model, "enter end");
    let end = model.account.chosen.clone();
    press(&mut model, "esc enter");
    assert!(end.is_some() && model.account.chosen.is_none() && model.account.offset == 0);
}

#[test]
fn an_error_is_said_once_and_goes_by_itself() {
    let mut model = model_with_fleet();
    update(&mut model, Msg::TaskBroke("it panicked".to_owned()));
    assert!(screen(&mut model, 80, 24).contains("it panicked"));
    update(&mut model, Msg::ClockAdvanced(later(11)));
    assert!(!screen(&mut model, 80, 24).contains("it panicked"));
}
