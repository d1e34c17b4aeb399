//! `health_status` of accounts, numbers and templates, worked out from the facts as Meta's health page describes it.
//! It must not change anything.
//!
//! A number whose SIP calling is off carries an error of the 138xxx family while it can send messages: Meta's own
//! examples do that, and a client has to tell the two apart.

use serde_json::{Value, json};

use super::state::{Node, World};

/// The `health_status` object of a node, or nothing for nodes that have none.
pub fn status(world: &World, node: Node) -> Option<Value> {
    if let Some(given) = world.fact(node, "_health_status") {
        return Some(given);
    }
    let account = world.account_of(node)?;
    let portfolio = world.owner(Node::Account(account))?;
    let mut entities = Vec::new();
    match node {
        Node::Number(_) => entities.push(number(world, node)),
        Node::Template(_) => entities.push(template(world, node)),
        _ => {}
    }
    entities.push(self::account(world, account));
    entities.push(business(world, portfolio));
    entities.push(json!({"entity_type": "APP", "id": world.app.to_string(), "can_send_message": "AVAILABLE"}));
    let level = |wanted: &str| entities.iter().any(|entity| entity.get("can_send_message") == Some(&json!(wanted)));
    let overall = if level("BLOCKED") {
        "BLOCKED"
    } else if level("LIMITED") {
        "LIMITED"
    } else {
        "AVAILABLE"
    };
    Some(json!({"can_send_message": overall, "entities": entities}))
}

fn entity(kind: &str, id: u64, level: &str) -> Value {
    json!({"entity_type": kind, "id": id.to_string(), "can_send_message": level})
}

fn with(mut entity: Value, name: &str, value: Value) -> Value {
    if let Some(members) = entity.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
    entity
}

fn problem(code: i64, description: &str, solution: &str) -> Value {
    json!([{"error_code": code, "error_description": description, "possible_solution": solution}])
}

fn account(world: &World, at: u32) -> Value {
    let node = Node::Account(at);
    let id = world.id(node);
    let status = world.onboarding(at);
    if status == "INELIGIBLE_INACTIVE_OR_RESTRICTED" {
        let restriction = world.fact(node, "_restriction").unwrap_or_default();
        let said = |name: &str| restriction.get(name).and_then(Value::as_str).map(str::to_owned);
        let description = said("reason").unwrap_or_else(|| {
            "The WhatsApp Business Account is restricted from messaging users because it did not comply with the \
             WhatsApp Business Messaging Policy."
                .to_owned()
        });
        let solution = said("solution")
            .unwrap_or_else(|| "Visit Business Support Home to see the violation and to request a review.".to_owned());
        return with(entity("WABA", id, "BLOCKED"), "errors", problem(131031, &description, &solution));
    }
    if status == "PENDING_VALID_PAYMENT_METHOD" {
        return with(
            entity("WABA", id, "BLOCKED"),
            "errors",
            problem(
                141006,
                "There is an error with the payment method of the WhatsApp Business Account. Business-initiated \
                 conversations cannot be sent.",
                "Go to Billing Hub and add a valid payment method to the WhatsApp Business Account.",
            ),
        );
    }
    match world.fact(node, "_limited") {
        Some(info) => with(entity("WABA", id, "LIMITED"), "additional_info", info),
        None => entity("WABA", id, "AVAILABLE"),
    }
}

fn business(world: &World, at: u32) -> Value {
    let node = Node::Business(at);
    if world.text(node, "verification_status").as_deref() == Some("verified") {
        return entity("BUSINESS", world.id(node), "AVAILABLE");
    }
    let limited = with(
        entity("BUSINESS", world.id(node), "LIMITED"),
        "errors",
        problem(
            141010,
            "The business has not passed business verification.",
            "Start or finish business verification in the Security Center of Business Settings.",
        ),
    );
    with(limited, "additional_info", json!(["The messaging limit stays low until the business is verified."]))
}

fn number(world: &World, node: Node) -> Value {
    let id = world.id(node);
    let status = world.text(node, "status").unwrap_or_default();
    let sip = |entity: Value, level: &str| with(entity, "can_receive_call_sip", json!(level));
    match status.as_str() {
        "CONNECTED" => {
            let entity = entity("PHONE_NUMBER", id, "AVAILABLE");
            if world.holds(node, "_sip") {
                sip(entity, "AVAILABLE")
            } else {
                with(
                    sip(entity, "BLOCKED"),
                    "errors",
                    problem(
                        138024,
                        "SIP calling is not enabled for this phone number.",
                        "Enable SIP in the calling settings of the phone number.",
                    ),
                )
            }
        }
        "FLAGGED" | "RATE_LIMITED" | "LINKED" => with(
            sip(entity("PHONE_NUMBER", id, "LIMITED"), "BLOCKED"),
            "additional_info",
            json!([format!("The phone number is {status}: people have blocked or reported it more often than usual.")]),
        ),
        "RESTRICTED" => with(
            sip(entity("PHONE_NUMBER", id, "BLOCKED"), "BLOCKED"),
            "additional_info",
            json!(["The phone number has reached its messaging limit of 24 hours."]),
        ),
        _ => with(
            sip(entity("PHONE_NUMBER", id, "BLOCKED"), "BLOCKED"),
            "errors",
            problem(133010, "The phone number is not registered with Cloud API.", "Register the phone number, then try again."),
        ),
    }
}

fn template(world: &World, node: Node) -> Value {
    let id = world.id(node);
    match super::templates::status(world, node).as_str() {
        "APPROVED" => entity("MESSAGE_TEMPLATE", id, "AVAILABLE"),
        _ => with(
            entity("MESSAGE_TEMPLATE", id, "BLOCKED"),
            "errors",
            problem(
                141002,
                "The message template is not approved.",
                "Wait for the review, or edit the template and submit it again.",
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::clock::Clock;
    use super::super::fleet;
    use super::*;

    fn world() -> World {
        let mut world = fleet::empty(0, "t", Arc::new(Clock::default()));
        fleet::demo(&mut world).unwrap();
        world
    }

    fn of(world: &World, id: &str) -> Value {
        status(world, world.find(id).unwrap()).unwrap()
    }

    #[test]
    fn number_without_sip_carries_an_error_and_can_still_send() {
        let health = of(&world(), "106540352242947");
        assert_eq!(health["can_send_message"], "AVAILABLE");
        assert_eq!(health["entities"][0]["can_receive_call_sip"], "BLOCKED");
        assert_eq!(health["entities"][0]["errors"][0]["error_code"], 138_024);
    }

    #[test]
    fn payment_blocks_without_a_restriction() {
        let health = of(&world(), "204716093358842");
        assert_eq!(health["can_send_message"], "BLOCKED");
        assert_eq!(health["entities"][0]["errors"][0]["error_code"], 141_006);
    }

    #[test]
    fn limited_entity_may_carry_errors_too() {
        let health = of(&world(), "303810562274499");
        assert_eq!(health["can_send_message"], "LIMITED");
        assert_eq!(health["entities"][1]["can_send_message"], "LIMITED");
        assert_eq!(health["entities"][1]["errors"][0]["error_code"], 141_010);
    }

    #[test]
    fn restriction_names_its_end_and_is_lifted_with_the_status() {
        let mut world = world();
        let node = world.find("301922475508316").unwrap();
        let health = status(&world, node).unwrap();
        let told = health["entities"][0]["errors"][0]["error_description"].as_str().unwrap();
        assert!(told.contains("The restriction ends on 20"), "{told}");
        world.set(node, "marketing_messages_onboarding_status", json!("ELIGIBLE"));
        assert_eq!(status(&world, node).unwrap()["entities"][0]["can_send_message"], "AVAILABLE");
    }

    #[test]
    fn each_kind_of_node_has_its_entities() {
        let world = world();
        let kinds = |id: &str| -> Vec<String> {
            let health = of(&world, id);
            health["entities"]
                .as_array()
                .unwrap()
                .iter()
                .map(|entity| entity["entity_type"].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(kinds("102290129340398"), ["WABA", "BUSINESS", "APP"]);
        assert_eq!(kinds("106540352242922"), ["PHONE_NUMBER", "WABA", "BUSINESS", "APP"]);
        assert_eq!(status(&world, Node::App), None);
    }
}
