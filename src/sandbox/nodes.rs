//! What each kind of object can answer: its type name, its fields, its edges, and the fields it shows unasked.
//! It must not know HTTP or paging.

use serde_json::{Value, json};

use super::health;
use super::state::{Node, World};
use super::templates;

/// What a name means on a kind of object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// A value.
    Field,
    /// Another object.
    Link,
    /// A list of objects or values.
    Edge,
    /// A value that is worked out from arguments.
    Analytics,
    /// Nothing.
    Unknown,
}

const BUSINESS: &[&str] = &[
    "id",
    "name",
    "verification_status",
    "timezone_id",
    "created_time",
    "updated_time",
    "creation_time",
    "link",
    "vertical",
    "marketing_messages_onboarding_status",
    "whatsapp_business_manager_messaging_limit",
    "is_hidden",
    "primary_page",
    "profile_picture_uri",
    "two_factor_type",
    "permitted_tasks",
    "payment_account_id",
    "created_by",
    "updated_by",
    "user_access_expire_time",
    "vertical_id",
    "block_offline_analytics",
    "extended_updated_time",
    "collaborative_ads_managed_partner_business_info",
    "collaborative_ads_managed_partner_eligibility",
    "collaborative_ads_partner_premium_options",
];
const ACCOUNT: &[&str] = &[
    "id",
    "name",
    "currency",
    "timezone_id",
    "country",
    "primary_business_location",
    "message_template_namespace",
    "account_review_status",
    "business_verification_status",
    "status",
    "ownership_type",
    "owner_business_info",
    "on_behalf_of_business_info",
    "primary_funding_id",
    "purchase_order_number",
    "creation_time",
    "is_enabled_for_insights",
    "is_shared_with_partners",
    "linked_commerce_account",
    "auth_international_rate_eligibility",
    "template_auto_archival_enabled",
    "disable_marketing_messages_on_cloud_api",
    "marketing_messages_ad_account",
    "degrees_of_freedom_spec",
    "whatsapp_business_manager_messaging_limit",
    "health_status",
    "marketing_messages_onboarding_status",
    "marketing_messages_lite_api_status",
    "assignment_date",
    "permissions",
    "business_id",
    "tasks",
    "service_pricing_policy",
    "whatsapp_manager_marketing_messages_max_price_enroll_status",
];
const NUMBER: &[&str] = &[
    "id",
    "display_phone_number",
    "verified_name",
    "quality_rating",
    "quality_score",
    "status",
    "code_verification_status",
    "name_status",
    "new_display_name",
    "new_name_status",
    "unified_cert_status",
    "account_mode",
    "platform_type",
    "host_platform",
    "throughput",
    "is_official_business_account",
    "is_on_biz_app",
    "is_pin_enabled",
    "is_preverified_number",
    "last_onboarded_time",
    "country_code",
    "country_dial_code",
    "username",
    "webhook_configuration",
    "search_visibility",
    "eligibility_for_api_business_global_search",
    "creation_time",
    "whatsapp_business_manager_messaging_limit",
    "messaging_limit_tier",
    "health_status",
    "certificate",
    "new_certificate",
    "conversational_automation",
    "is_business_public_key_signed",
    "oba_status",
    "official_business_account",
];
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
    "last_updated_time",
    "components",
    "cta_url_link_tracking_opted_out",
    "degrees_of_freedom_spec",
    "optimization_spec",
    "ad_id",
    "ad_adset_id",
    "ad_campaign_id",
    "ad_account_id",
    "health_status",
    "source",
    "library_template_name",
    "display_format",
    "is_primary_device_delivery_only",
    "is_sms_fallback_enabled",
    "bid_spec",
    "creative_sourcing_spec",
];

/// The name Graph gives to the type of an object.
pub fn type_name(node: Node) -> &'static str {
    match node {
        Node::User(_) => "SystemUser",
        Node::App => "Application",
        Node::Business(_) => "Business",
        Node::Account(_) => "WhatsAppBusinessAccount",
        Node::Number(_) => "WhatsAppBusinessPhoneNumber",
        Node::Template(_) => "WhatsAppMessageTemplate",
    }
}

/// What a name means on an object, as the given version knows it.
pub fn slot(node: Node, name: &str, version: (u32, u32)) -> Slot {
    let field = |names: &[&str]| if names.contains(&name) { Slot::Field } else { Slot::Unknown };
    match (node, name) {
        (_, "whatsapp_business_manager_messaging_limit") if version < (24, 0) => Slot::Unknown,
        (Node::User(_), "businesses" | "assigned_whatsapp_business_accounts" | "accounts" | "permissions" | "adaccounts") => {
            Slot::Edge
        }
        (Node::User(_), _) => field(&["id", "name"]),
        (Node::App, "subscriptions") => Slot::Edge,
        (Node::App, _) => field(&["id", "name", "link", "category", "namespace", "app_type", "icon_url"]),
        (
            Node::Business(_),
            "owned_whatsapp_business_accounts"
            | "client_whatsapp_business_accounts"
            | "extendedcredits"
            | "business_users"
            | "system_users",
        ) => Slot::Edge,
        (Node::Business(_), _) => field(BUSINESS),
        (
            Node::Account(_),
            "phone_numbers"
            | "message_templates"
            | "subscribed_apps"
            | "assigned_users"
            | "template_analytics"
            | "template_group_analytics"
            | "activities"
            | "solutions"
            | "flows",
        ) => Slot::Edge,
        (Node::Account(_), "analytics" | "conversation_analytics" | "pricing_analytics") => Slot::Analytics,
        (Node::Account(_), "owner_business") => Slot::Link,
        (Node::Account(_), _) => field(ACCOUNT),
        (Node::Number(_), "whatsapp_business_account") => Slot::Link,
        (Node::Number(_), "whatsapp_business_profile" | "whatsapp_commerce_settings") => Slot::Edge,
        (Node::Number(_), _) => field(NUMBER),
        (Node::Template(_), _) => field(TEMPLATE),
    }
}

/// Fields shown when none were asked for: on the object itself, or on an edge that lists it.
pub fn defaults(node: Node, edge: Option<&str>) -> &'static [&'static str] {
    match (node, edge) {
        (Node::User(_) | Node::Business(_), _) => &["name"],
        (Node::App, _) => &["category", "link", "name"],
        (Node::Account(_), None) => &["name", "timezone_id", "message_template_namespace"],
        (Node::Account(_), Some("assigned_whatsapp_business_accounts")) => &[
            "name",
            "status",
            "assignment_date",
            "permissions",
            "business_id",
            "currency",
            "timezone_id",
            "message_template_namespace",
        ],
        (Node::Account(_), Some(_)) => &["name", "currency", "timezone_id", "message_template_namespace"],
        (Node::Number(_), None) => &["verified_name", "display_phone_number", "quality_rating"],
        (Node::Number(_), Some(_)) => &[
            "verified_name",
            "code_verification_status",
            "display_phone_number",
            "quality_rating",
            "platform_type",
            "throughput",
            "last_onboarded_time",
            "webhook_configuration",
        ],
        (Node::Template(_), _) => &[
            "name",
            "parameter_format",
            "components",
            "language",
            "status",
            "category",
            "previous_category",
            "sub_category",
            "message_send_ttl_seconds",
        ],
    }
}

/// The object behind a link.
pub fn link(world: &World, node: Node, name: &str) -> Option<Node> {
    match (node, name) {
        (Node::Account(_), "owner_business") => world.owner(node).map(Node::Business),
        (Node::Number(_), "whatsapp_business_account") => world.owner(node).map(Node::Account),
        _ => None,
    }
}

/// The value of a field; absent values are left out of answers.
pub fn value(world: &World, node: Node, name: &str, version: (u32, u32)) -> Option<Value> {
    if name.starts_with('_') {
        return None;
    }
    match (node, name) {
        (_, "id") => Some(json!(world.id(node).to_string())),
        (_, "health_status") => health::status(world, node),
        (Node::User(at), "name") => world.users.get(at as usize).map(|(_, name)| json!(name)),
        (Node::App, "name") => Some(json!("wabadeck sandbox app")),
        (Node::App, "link") => Some(json!(format!("https://www.facebook.com/games/?app_id={}", world.app))),
        (Node::App, "category") => Some(json!("Business")),
        (Node::Account(at), _) => account(world, at, name),
        (Node::Number(_), _) => number(world, node, name, version),
        (Node::Template(_), _) => templates::value(world, node, name),
        _ => world.fact(node, name),
    }
}

fn account(world: &World, at: u32, name: &str) -> Option<Value> {
    let node = Node::Account(at);
    let portfolio = world.owner(node)?;
    let owner = Node::Business(portfolio);
    match name {
        "marketing_messages_onboarding_status" => {
            Some(world.onboarding(at)).filter(|status| !status.is_empty()).map(Value::String)
        }
        "marketing_messages_lite_api_status" => Some(json!(match world.onboarding(at).as_str() {
            "ONBOARDED" => "ONBOARDED",
            "ELIGIBLE" => "ELIGIBLE",
            status if status.starts_with("INELIGIBLE") => "INELIGIBLE",
            _ => "UNKNOWN",
        })),
        "owner_business_info" => {
            let mut info = serde_json::Map::new();
            info.insert("name".into(), json!(world.text(owner, "name")?));
            info.insert("id".into(), json!(world.id(owner).to_string()));
            if let Some(state) = world.fact(owner, "marketing_messages_onboarding_status") {
                info.insert("marketing_messages_onboarding_status".into(), state);
            }
            Some(Value::Object(info))
        }
        "business_id" => Some(json!(world.id(owner).to_string())),
        "whatsapp_business_manager_messaging_limit" => world.fact(owner, name),
        "permissions" => Some(json!(["FULL_CONTROL"])),
        "tasks" => Some(json!(["DEVELOP", "MANAGE", "MANAGE_TEMPLATES", "MESSAGING", "VIEW_INSIGHTS"])),
        "assignment_date" => world.number(node, "creation_time").map(|time| json!(super::clock::timestamp(time))),
        "primary_business_location" => world.fact(node, name).or_else(|| world.fact(node, "country")),
        "disable_marketing_messages_on_cloud_api" | "is_enabled_for_insights" | "template_auto_archival_enabled" => {
            Some(world.fact(node, name).unwrap_or(json!(false)))
        }
        "status" => Some(world.fact(node, name).unwrap_or(json!("ACTIVE"))),
        _ => world.fact(node, name),
    }
}

fn number(world: &World, node: Node, name: &str, version: (u32, u32)) -> Option<Value> {
    let account = world.owner(node)?;
    let limit = || {
        let portfolio = world.owner(Node::Account(account))?;
        world.fact(Node::Business(portfolio), "whatsapp_business_manager_messaging_limit")
    };
    match name {
        "whatsapp_business_manager_messaging_limit" => limit(),
        "messaging_limit_tier" if version < (24, 0) => limit(),
        "messaging_limit_tier" => None,
        "quality_score" => {
            let rating = world.text(node, "quality_rating")?;
            let score = if rating == "NA" { "UNKNOWN" } else { rating.as_str() };
            Some(json!({ "score": score }))
        }
        "host_platform" => world.fact(node, "platform_type"),
        "webhook_configuration" => {
            let account = world.account(account)?;
            let own = account.subscriptions.iter().find_map(|subscription| subscription.callback.clone());
            let mut addresses = serde_json::Map::new();
            if let Some(own) = own {
                addresses.insert("whatsapp_business_account".into(), json!(own));
            }
            if let Some(app) = &world.app_callback {
                addresses.insert("application".into(), json!(app));
            }
            (!addresses.is_empty()).then_some(Value::Object(addresses))
        }
        "official_business_account" => {
            let official = world.holds(node, "is_official_business_account");
            Some(json!({"oba_status": if official { "APPROVED" } else { "NOT_STARTED" }}))
        }
        _ => world.fact(node, name),
    }
}
