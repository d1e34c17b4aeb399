//! Each change changes what Meta would answer, and can be taken back where Meta could.

use serde_json::{Value, json};

use super::super::clock::Clock;
use super::super::fleet;
use super::super::state::{Subscription, World};
use super::super::webhooks::Notice;
use super::change::{apply, candidates};
use super::*;

/// The demo fleet with somebody who hears of everything.
fn world() -> World {
    let mut world = fleet::empty(1, "token", Arc::new(Clock::default()));
    fleet::demo(&mut world).unwrap();
    let app = world.app;
    for account in &mut world.accounts {
        account.subscriptions.push(Subscription { app, callback: Some("http://127.0.0.1:9/".into()) });
    }
    world
}

fn first(world: &mut World, change: Change) -> (Node, Vec<Value>) {
    let node = *candidates(world, change, None).first().unwrap_or_else(|| panic!("nothing can {}", change.word()));
    let mut notices: Vec<Notice> = Vec::new();
    apply(world, change, node, 60, &mut notices);
    let bodies = notices.into_iter().flat_map(|notice| notice.steps).map(|(_, body)| body["entry"][0]["changes"][0].clone());
    (node, bodies.collect())
}

#[test]
fn every_change_finds_somebody_in_the_demo_fleet_or_after_its_opposite() {
    let mut world = world();
    for change in [
        Change::Restrict,
        Change::Reinstate,
        Change::QualityDown,
        Change::QualityUp,
        Change::TemplatePause,
        Change::TemplateUnpause,
        Change::LimitRaise,
        Change::NameDecline,
        Change::NameApprove,
        Change::PaymentFix,
    ] {
        first(&mut world, change);
    }
}

#[test]
fn a_restriction_ends_in_what_was_before() {
    let mut world = world();
    let node = *candidates(&world, Change::Restrict, None).first().unwrap();
    let before = world.text(node, "marketing_messages_onboarding_status");
    let mut notices = Vec::new();
    apply(&mut world, Change::Restrict, node, 60, &mut notices);
    assert_eq!(world.text(node, "marketing_messages_onboarding_status").as_deref(), Some("INELIGIBLE_INACTIVE_OR_RESTRICTED"));
    let body = &notices[0].steps[0].1["entry"][0]["changes"][0]["value"];
    let until = body["restriction_info"][0]["expiration"].as_i64().unwrap();
    assert!((until - world.clock.now() - 60).abs() < 5, "{body}");
    apply(&mut world, Change::Reinstate, node, 60, &mut notices);
    assert_eq!(world.text(node, "marketing_messages_onboarding_status"), before);
    assert_eq!(notices[1].steps[0].1["entry"][0]["changes"][0]["value"]["ban_info"]["waba_ban_state"], "REINSTATE");
}

#[test]
fn each_webhook_is_that_of_its_change() {
    let mut world = world();
    for (change, field, key, value) in [
        (Change::TemplatePause, "message_template_status_update", "event", json!("PAUSED")),
        (Change::TemplateUnpause, "message_template_status_update", "event", json!("APPROVED")),
        (Change::NameDecline, "phone_number_name_update", "decision", json!("REJECTED")),
        (Change::NameApprove, "phone_number_name_update", "decision", json!("APPROVED")),
        (Change::TermsSign, "account_update", "event", json!("MM_LITE_TERMS_SIGNED")),
    ] {
        let (_, bodies) = first(&mut world, change);
        assert!(!bodies.is_empty(), "{}", change.word());
        assert!(bodies.iter().all(|body| body["field"] == field && body["value"][key] == value), "{bodies:?}");
    }
    let (node, bodies) = first(&mut world, Change::LimitRaise);
    let Node::Business(portfolio) = node else { panic!("a limit is a portfolio's") };
    assert_eq!(bodies.len(), world.owned_by(portfolio).count(), "each account is told");
    while world.text(node, "whatsapp_business_manager_messaging_limit").as_deref() != Some("TIER_UNLIMITED") {
        apply(&mut world, Change::LimitRaise, node, 60, &mut Vec::new());
    }
    assert!(!candidates(&world, Change::LimitRaise, None).contains(&node), "there is nothing above no limit");
}

#[test]
fn what_belongs_to_an_account_is_found_through_it() {
    let world = world();
    let number = *candidates(&world, Change::QualityDown, None).first().unwrap();
    let account = Node::Account(world.account_of(number).unwrap());
    assert!(candidates(&world, Change::QualityDown, Some(account)).contains(&number));
    assert_eq!(candidates(&world, Change::QualityDown, Some(number)), [number]);
    let others = candidates(&world, Change::QualityDown, Some(account));
    assert!(others.iter().all(|other| world.account_of(*other) == world.account_of(number)));
}
