//! Forecasts and messages as JSON. The names are a promise (`docs/cli.md`): they are added to, never changed.

use serde_json::{Value, json};

use super::App;
use crate::{
    domain::{
        delivery::{DeliveryPath, Endpoint, Forecast, Lost, Note, Reason, Recipient, Route},
        placeholder::Fill,
        preflight::Check,
        region::{Doubt, RegionEffect},
        rendering::{Rendered, RenderedHeader},
        variable::Variable,
    },
    wording,
};

/// What will happen on sending, with sentences in the reader's language beside names that never change.
pub fn forecast(app: &App, forecast: &Forecast) -> Value {
    let texts = &app.texts;
    json!({
        "route": route(forecast.route),
        "certain": forecast.certain,
        "sentence": wording::delivery::forecast(texts, forecast, &app.zone),
        "reasons": forecast.reasons.iter().map(|own| json!({
            "reason": reason(own),
            "sentence": wording::delivery::reason(texts, own, &app.zone),
        })).collect::<Vec<_>>(),
        "lost": forecast.lost.iter().map(|own| json!({
            "lost": lost(own),
            "sentence": wording::delivery::loss(texts, own),
        })).collect::<Vec<_>>(),
        "notes": forecast.notes.iter().map(|own| json!({
            "note": note(own),
            "sentence": wording::delivery::note(texts, own),
        })).collect::<Vec<_>>(),
    })
}

/// Every check before sending, in the order of the screens.
pub fn preflight(app: &App, checks: &[Check], variables: &[Variable]) -> Value {
    let one = |check: &Check| {
        json!({
            "check": check.item.name(),
            "state": check.state.name(),
            "sentence": wording::preflight::finding(&app.texts, check, variables, &app.zone),
            "remedy": wording::preflight::remedy(&app.texts, check, ""),
        })
    };
    checks.iter().map(one).collect()
}

/// Where a recipient is, as far as the number tells, and what optimized delivery does there (R6).
pub fn region(recipient: Recipient) -> Value {
    let Recipient::Phone(region) = recipient else { return Value::Null };
    let effect = match region.as_recipient() {
        RegionEffect::Full => "full",
        RegionEffect::Limited => "limited",
        RegionEffect::NoOptimization => "no_optimization",
        RegionEffect::NotDeliverable => "not_deliverable",
        RegionEffect::Sanctioned => "sanctioned",
    };
    json!({
        "country": region.country.map(|country| country.to_string()),
        "effect": effect,
        "may_be_united_states": matches!(region.doubt, Some(Doubt::MayBeUnitedStates)),
    })
}

fn route(route: Route) -> &'static str {
    match route {
        Route::Optimized => "optimized",
        Route::CloudApi => "cloud_api",
        Route::Fallback => "fallback",
        Route::Refused => "refused",
    }
}

/// The path that was asked for.
pub fn requested(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::MarketingMessages => "optimized",
        Endpoint::Messages => "cloud_api",
    }
}

/// The path that was taken.
pub fn actual(path: DeliveryPath) -> &'static str {
    match path {
        DeliveryPath::Optimized => "optimized",
        DeliveryPath::CloudApi => "cloud_api",
        DeliveryPath::NotYetKnown => "not_yet_known",
    }
}

fn reason(reason: &Reason) -> &'static str {
    match reason {
        Reason::TemplateNotSendable(_) => "template_not_sendable",
        Reason::AccountRestricted => "account_restricted",
        Reason::RestrictionHolds { .. } => "restriction_holds",
        Reason::HealthBlocked { .. } => "health_blocked",
        Reason::NumberNotUsable(_) => "number_not_usable",
        Reason::NumberNotOnCloudApi(_) => "number_not_on_cloud_api",
        Reason::RecipientNotDeliverable(_) => "recipient_not_deliverable",
        Reason::RecipientSanctioned(_) => "recipient_sanctioned",
        Reason::CloudApiMarketingDisabled => "cloud_api_marketing_disabled",
        Reason::MaxPriceNeedsOptimized => "max_price_needs_optimized",
        Reason::NeedsPhoneNumber => "needs_phone_number",
        Reason::StrictWithoutOnboarding => "strict_without_onboarding",
        Reason::WindowClosed => "window_closed",
        Reason::Onboarded => "onboarded",
        Reason::NotOnboarded(_) => "not_onboarded",
        Reason::OnboardingUnknown(_) => "onboarding_unknown",
        Reason::NotMarketing(_) => "not_marketing",
        Reason::NotSelected => "not_selected",
    }
}

fn lost(lost: &Lost) -> &'static str {
    match lost {
        Lost::TimeToLive(_) => "time_to_live",
        Lost::GifHeader => "gif_header",
        Lost::CreativeOptimization => "creative_optimization",
        Lost::MaxPrice => "max_price",
        Lost::ActivitySharing => "activity_sharing",
    }
}

fn note(note: &Note) -> &'static str {
    match note {
        Note::NoOptimization { .. } => "no_optimization",
        Note::Limited { .. } => "limited",
        Note::BusinessSanctioned { .. } => "business_sanctioned",
        Note::RecipientInDoubt(_) => "recipient_in_doubt",
        Note::RecipientUnknown => "recipient_unknown",
        Note::UserIdNotOptimized => "user_id_not_optimized",
        Note::MayStillSync => "may_still_sync",
        Note::HealthLimited(_) => "health_limited",
        Note::NumberNeedsCare(_) => "number_needs_care",
        Note::TemplateStatusUnknown(_) => "template_status_unknown",
        Note::CategoryMayChange(_) => "category_may_change",
        Note::WindowUnknown => "window_unknown",
        Note::MaxPriceMayBeRefused => "max_price_may_be_refused",
    }
}

/// The message, or a card of it, as it will be read: markers of formatting stand as they are written.
pub fn message(rendered: &Rendered) -> Value {
    json!({
        "header": rendered.header.as_ref().map(header),
        "offer": rendered.offer.as_ref().map(|offer| json!({
            "text": offer.text,
            "has_expiration": offer.has_expiration,
            "expires": offer.expires.map(|end| end.to_string()),
        })),
        "body": rendered.body.text,
        "footer": rendered.footer,
        "buttons": rendered.buttons.all.iter().map(|button| json!({
            "label": button.label,
            "target": button.target.as_ref().map(|target| target.text.as_str()),
        })).collect::<Vec<_>>(),
        "cards": rendered.cards.iter().map(message).collect::<Vec<_>>(),
        "unknown_parts": rendered.unknown.iter().map(|name| name.as_str()).collect::<Vec<_>>(),
    })
}

fn header(header: &RenderedHeader) -> Value {
    let missing = |fill: &Fill| *fill == Fill::Missing;
    match header {
        RenderedHeader::Text(filled) => json!({ "kind": "text", "text": filled.text }),
        RenderedHeader::Media { kind, source, file_name, fill, .. } => json!({
            "kind": format!("{kind:?}").to_lowercase(),
            "source": source,
            "file_name": file_name,
            "missing": missing(fill),
        }),
        RenderedHeader::Location { name, address, coordinates, fill } => json!({
            "kind": "location",
            "name": name,
            "address": address,
            "latitude": coordinates.as_ref().map(|(north, _)| north),
            "longitude": coordinates.as_ref().map(|(_, east)| east),
            "missing": missing(fill),
        }),
        RenderedHeader::Product { product, fill } => {
            json!({ "kind": "product", "product": product, "missing": missing(fill) })
        }
        RenderedHeader::Unknown(name) => json!({ "kind": "unknown", "name": name.as_str() }),
    }
}
