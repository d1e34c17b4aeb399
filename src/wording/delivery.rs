//! What delivery amounts to, in people's words: the forecast with its reasons and losses, paths, templates.
//!
//! The composer and `wabadeck preview` print the same sentences, so they are made here and nowhere else. Colours are not its business.

use jiff::tz::TimeZone;

use crate::{
    domain::{
        account::OnboardingStatus,
        delivery::{DeliveryPath, Endpoint, Forecast, Lost, MessageKind, Note, Reason, Route, Side},
        region::{Area, Country, Doubt, RegionEffect},
        status::NextStep,
        template::TemplateStatus,
    },
    i18n::Texts,
    text,
    wording::{self, message::template_status},
};

/// The glyph of a route: no two alike, so that nothing is told by colour alone.
pub fn route_glyph(route: Route) -> &'static str {
    match route {
        Route::Optimized => "▲",
        Route::CloudApi => "▷",
        Route::Fallback => "↘",
        Route::Refused => "✕",
    }
}

/// What happens on sending, in a few words.
pub fn route(texts: &Texts, route: Route) -> String {
    let id = match route {
        Route::Optimized => "composer-route-optimized",
        Route::CloudApi => "composer-route-cloud-api",
        Route::Fallback => "composer-route-fallback",
        Route::Refused => "composer-route-refused",
    };
    texts.get(id).into_owned()
}

/// What happens on sending and why, in one sentence (R33).
pub fn forecast(texts: &Texts, forecast: &Forecast, zone: &TimeZone) -> String {
    // What merely explains the way that a refused message would have taken is left out.
    let refusals = forecast.reasons.iter().filter(|reason| reason.refuses());
    let reasons: Vec<String> = match forecast.route {
        Route::Refused => refusals.map(|known| reason(texts, known, zone)).collect(),
        _ => forecast.reasons.iter().map(|known| reason(texts, known, zone)).collect(),
    };
    let id = if forecast.certain { "composer-forecast" } else { "composer-forecast-uncertain" };
    texts.with(id, &[("route", route(texts, forecast.route).into()), ("reasons", reasons.join(" · ").into())])
}

/// One reason, as it stands after "because".
pub fn reason(texts: &Texts, reason: &Reason, zone: &TimeZone) -> String {
    let plain = |id: &str| texts.get(id).into_owned();
    let value = |id: &str, value: String| texts.with(id, &[("value", value.into())]);
    match reason {
        Reason::TemplateNotSendable(status) => value("composer-reason-template", template_status(texts, status)),
        Reason::AccountRestricted => plain("composer-reason-account-restricted"),
        Reason::RestrictionHolds { kind, until: Some(until) } => texts.with(
            "composer-reason-restriction-until",
            &[("value", wording::restriction_kind(texts, kind).into()), ("when", wording::day_and_clock(*until, zone).into())],
        ),
        Reason::RestrictionHolds { kind, until: None } => {
            value("composer-reason-restriction", wording::restriction_kind(texts, kind))
        }
        Reason::HealthBlocked { entity, code } => {
            let entity = wording::entity_kind(texts, entity);
            match code {
                Some(code) => {
                    texts.with("composer-reason-health-code", &[("value", entity.into()), ("code", code.to_string().into())])
                }
                None => value("composer-reason-health", entity),
            }
        }
        Reason::NumberNotUsable(status) => value("composer-reason-number", wording::number_status(texts, status)),
        Reason::NumberNotOnCloudApi(_) => plain("composer-reason-number-platform"),
        Reason::RecipientNotDeliverable(place) => value("composer-reason-not-deliverable", country(texts, *place)),
        Reason::RecipientSanctioned(place) => value("composer-reason-sanctioned", country(texts, *place)),
        Reason::CloudApiMarketingDisabled => plain("composer-reason-cloud-api-off"),
        Reason::MaxPriceNeedsOptimized => plain("composer-reason-max-price"),
        Reason::NeedsPhoneNumber => plain("composer-reason-needs-phone"),
        Reason::StrictWithoutOnboarding => plain("composer-reason-strict"),
        Reason::WindowClosed => plain("composer-reason-window"),
        Reason::Onboarded => plain("composer-reason-onboarded"),
        Reason::NotOnboarded(status) => value("composer-reason-not-onboarded", wording::status_short(texts, status)),
        Reason::OnboardingUnknown(sent) if sent.is_empty() => plain("composer-reason-onboarding-not-reported"),
        Reason::OnboardingUnknown(sent) => value("composer-reason-onboarding-unknown", text::clean(sent).into_owned()),
        Reason::NotMarketing(kind) => value("composer-reason-not-marketing", message_kind(texts, *kind)),
        Reason::NotSelected => plain("composer-reason-not-selected"),
    }
}

/// What can be done about a forecast, where something can: the step for its first reason.
pub fn next_step(texts: &Texts, forecast: &Forecast, upgrade_key: &str) -> Option<String> {
    forecast.reasons.iter().find_map(|reason| step(texts, reason, upgrade_key))
}

/// What can be done about one reason; `upgrade_key` leads to the upgrade.
pub fn step(texts: &Texts, reason: &Reason, upgrade_key: &str) -> Option<String> {
    let id = match reason {
        Reason::TemplateNotSendable(TemplateStatus::Paused) => "composer-step-template-paused",
        Reason::TemplateNotSendable(TemplateStatus::Pending | TemplateStatus::InAppeal) => "composer-step-template-pending",
        Reason::TemplateNotSendable(_) => "composer-step-template",
        Reason::AccountRestricted | Reason::RestrictionHolds { .. } => "remedy-appeal",
        Reason::HealthBlocked { .. } => "composer-step-health",
        Reason::NumberNotUsable(_) | Reason::NumberNotOnCloudApi(_) => "composer-step-number",
        Reason::RecipientNotDeliverable(_) | Reason::RecipientSanctioned(_) => "composer-step-recipient",
        Reason::CloudApiMarketingDisabled | Reason::MaxPriceNeedsOptimized => "composer-step-check-box",
        Reason::StrictWithoutOnboarding => "composer-step-strict",
        Reason::NotOnboarded(status) if status.next_step() != NextStep::Nothing => {
            return Some(wording::status_next(texts, status, upgrade_key));
        }
        Reason::OnboardingUnknown(sent) => {
            return Some(wording::status_next(texts, &OnboardingStatus::Unknown(sent.as_str().into()), upgrade_key));
        }
        _ => return None,
    };
    Some(texts.get(id).into_owned())
}

/// All that is lost on the way, in one sentence; `None` when nothing is.
pub fn losses(texts: &Texts, lost: &[Lost]) -> Option<String> {
    let parts: Vec<String> = lost.iter().map(|part| loss(texts, part)).collect();
    (!parts.is_empty()).then(|| texts.with("composer-lost", &[("parts", parts.join(", ").into())]))
}

/// One thing that is lost through Cloud API.
pub fn loss(texts: &Texts, lost: &Lost) -> String {
    let id = match lost {
        Lost::TimeToLive(seconds) => {
            return texts.with("composer-lost-ttl", &[("value", duration(texts, *seconds).into())]);
        }
        Lost::GifHeader => "composer-lost-gif",
        Lost::CreativeOptimization => "composer-lost-creative",
        Lost::MaxPrice => "composer-lost-max-price",
        Lost::ActivitySharing => "composer-lost-activity",
    };
    texts.get(id).into_owned()
}

/// One thing that is worth knowing, in one sentence.
pub fn note(texts: &Texts, note: &Note) -> String {
    let value = |id: &str, value: String| texts.with(id, &[("value", value.into())]);
    let placed = |id: &str, side: &Side, place: &Country| {
        texts.with(id, &[("side", self::side(texts, *side).into()), ("value", country(texts, *place).into())])
    };
    match note {
        Note::NoOptimization { side, country } => placed("composer-note-no-optimization", side, country),
        Note::Limited { side, country } => placed("composer-note-limited", side, country),
        Note::BusinessSanctioned { side, country } => placed("composer-note-sanctioned", side, country),
        Note::RecipientInDoubt(Doubt::MayBeUnitedStates) => texts.get("composer-note-may-be-us").into_owned(),
        Note::RecipientInDoubt(Doubt::MayBeSanctioned(area)) => value("composer-note-may-be-sanctioned", area_name(texts, *area)),
        Note::RecipientUnknown => texts.get("composer-note-recipient-unknown").into_owned(),
        Note::UserIdNotOptimized => texts.get("composer-note-user-id").into_owned(),
        Note::MayStillSync => texts.get("composer-note-sync").into_owned(),
        Note::HealthLimited(entity) => value("composer-note-health", wording::entity_kind(texts, entity)),
        Note::NumberNeedsCare(status) => value("composer-note-number", wording::number_status(texts, status)),
        Note::TemplateStatusUnknown(sent) => value("composer-note-template-status", text::clean(sent).into_owned()),
        Note::CategoryMayChange(kind) => value("composer-note-category", message_kind(texts, *kind)),
        Note::WindowUnknown => texts.get("composer-note-window").into_owned(),
        Note::MaxPriceMayBeRefused => texts.get("composer-note-max-price").into_owned(),
    }
}

fn side(texts: &Texts, side: Side) -> String {
    let id = match side {
        Side::Business => "composer-side-business",
        Side::BusinessNumber => "composer-side-number",
        Side::Recipient => "composer-side-recipient",
    };
    texts.get(id).into_owned()
}

fn area_name(texts: &Texts, area: Area) -> String {
    let id = match area {
        Area::Crimea => "composer-area-crimea",
        Area::Donetsk => "composer-area-donetsk",
        Area::Luhansk => "composer-area-luhansk",
    };
    texts.get(id).into_owned()
}

/// A country's name where optimized delivery is special there, else its two letters.
pub fn country(texts: &Texts, country: Country) -> String {
    texts.with("composer-country", &[("code", country.as_str().to_owned().into())])
}

/// What optimized delivery does for recipients somewhere.
pub fn region_effect(texts: &Texts, effect: RegionEffect) -> String {
    let id = match effect {
        RegionEffect::Full => "region-full",
        RegionEffect::NoOptimization => "region-no-optimization",
        RegionEffect::Limited => "region-limited",
        RegionEffect::NotDeliverable => "region-not-deliverable",
        RegionEffect::Sanctioned => "region-sanctioned",
    };
    texts.get(id).into_owned()
}

/// A kind of message, as it stands before "messages".
pub fn message_kind(texts: &Texts, kind: MessageKind) -> String {
    let id = match kind {
        MessageKind::Marketing => "composer-kind-marketing",
        MessageKind::Utility => "composer-kind-utility",
        MessageKind::Authentication => "composer-kind-authentication",
        MessageKind::OtherTemplate => "composer-kind-other",
        MessageKind::Service => "composer-kind-service",
        MessageKind::Response => "composer-kind-response",
    };
    texts.get(id).into_owned()
}

/// The path that was asked for (R36).
pub fn requested(texts: &Texts, endpoint: Endpoint) -> String {
    let id = match endpoint {
        Endpoint::MarketingMessages => "composer-path-optimized",
        Endpoint::Messages => "composer-path-cloud-api",
    };
    texts.get(id).into_owned()
}

/// The path that a message took (R36).
pub fn actual(texts: &Texts, path: DeliveryPath) -> String {
    let id = match path {
        DeliveryPath::Optimized => "composer-path-optimized",
        DeliveryPath::CloudApi => "composer-path-cloud-api",
        DeliveryPath::NotYetKnown => "composer-path-not-yet-known",
    };
    texts.get(id).into_owned()
}

/// A time to live: in the largest unit that holds it whole.
pub fn duration(texts: &Texts, seconds: i64) -> String {
    const UNITS: [(i64, &str); 3] = [(86_400, "composer-days"), (3_600, "composer-hours"), (60, "composer-minutes")];
    let seconds = seconds.max(0);
    let (size, id) =
        UNITS.into_iter().find(|(size, _)| seconds >= *size && seconds % size == 0).unwrap_or((1, "composer-seconds"));
    texts.with(id, &[("count", (seconds / size).into())])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{
        domain::{
            account::RestrictionKind,
            health::EntityKind,
            number::{NumberStatus, Platform},
        },
        i18n::Language,
    };

    fn us() -> Country {
        Country::new("US").unwrap()
    }

    fn every_reason() -> Vec<Reason> {
        let mut reasons = vec![
            Reason::AccountRestricted,
            Reason::RestrictionHolds { kind: RestrictionKind::UtilityTemplates, until: None },
            Reason::RestrictionHolds { kind: RestrictionKind::UtilityTemplates, until: Some(jiff::Timestamp::UNIX_EPOCH) },
            Reason::HealthBlocked { entity: EntityKind::Waba, code: Some(141_000) },
            Reason::HealthBlocked { entity: EntityKind::Business, code: None },
            Reason::NumberNotUsable(NumberStatus::Banned),
            Reason::NumberNotOnCloudApi(Platform::OnPremise),
            Reason::RecipientNotDeliverable(us()),
            Reason::RecipientSanctioned(us()),
            Reason::CloudApiMarketingDisabled,
            Reason::MaxPriceNeedsOptimized,
            Reason::NeedsPhoneNumber,
            Reason::StrictWithoutOnboarding,
            Reason::WindowClosed,
            Reason::Onboarded,
            Reason::OnboardingUnknown("".into()),
            Reason::OnboardingUnknown("BRAND_NEW".into()),
            Reason::NotSelected,
        ];
        reasons.extend(TemplateStatus::KNOWN.iter().cloned().map(Reason::TemplateNotSendable));
        reasons.extend(OnboardingStatus::KNOWN.iter().cloned().map(Reason::NotOnboarded));
        reasons.extend([MessageKind::Utility, MessageKind::Authentication, MessageKind::Service].map(Reason::NotMarketing));
        reasons
    }

    #[test]
    fn r33_every_reason_reads_differently_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let said: Vec<String> = every_reason().iter().map(|known| reason(&texts, known, &TimeZone::UTC)).collect();
            assert_eq!(said.iter().collect::<BTreeSet<_>>().len(), said.len(), "{said:?}");
            assert!(said.iter().all(|words| !words.contains("composer-") && words.contains(' ')), "{said:?}");
        }
    }

    #[test]
    fn r33_each_route_has_words_and_a_glyph_of_its_own() {
        let routes = [Route::Optimized, Route::CloudApi, Route::Fallback, Route::Refused];
        for language in Language::ALL {
            let texts = Texts::new(language);
            assert_eq!(routes.map(|known| route(&texts, known)).iter().collect::<BTreeSet<_>>().len(), 4);
        }
        assert_eq!(routes.map(route_glyph).iter().collect::<BTreeSet<_>>().len(), 4);
    }

    #[test]
    fn r33_what_is_lost_is_said_in_one_sentence() {
        let texts = Texts::new(Language::English);
        let lost = [Lost::TimeToLive(43_200), Lost::GifHeader, Lost::CreativeOptimization, Lost::MaxPrice, Lost::ActivitySharing];
        let said = losses(&texts, &lost).unwrap();
        for part in ["12 hours", "GIF", "creative optimization", "max price"] {
            assert!(said.contains(part), "{part} is not in: {said}");
        }
        assert_eq!(losses(&texts, &[]), None);
    }

    #[test]
    fn every_note_has_words_in_both_languages() {
        let notes = [
            Note::NoOptimization { side: Side::Recipient, country: us() },
            Note::Limited { side: Side::Business, country: us() },
            Note::BusinessSanctioned { side: Side::BusinessNumber, country: us() },
            Note::RecipientInDoubt(Doubt::MayBeUnitedStates),
            Note::RecipientInDoubt(Doubt::MayBeSanctioned(Area::Crimea)),
            Note::RecipientInDoubt(Doubt::MayBeSanctioned(Area::Donetsk)),
            Note::RecipientInDoubt(Doubt::MayBeSanctioned(Area::Luhansk)),
            Note::RecipientUnknown,
            Note::UserIdNotOptimized,
            Note::MayStillSync,
            Note::HealthLimited(EntityKind::Waba),
            Note::NumberNeedsCare(NumberStatus::Flagged),
            Note::TemplateStatusUnknown("NEW".into()),
            Note::CategoryMayChange(MessageKind::Utility),
            Note::WindowUnknown,
            Note::MaxPriceMayBeRefused,
        ];
        for language in Language::ALL {
            let texts = Texts::new(language);
            let said: BTreeSet<String> = notes.iter().map(|known| note(&texts, known)).collect();
            assert_eq!(said.len(), notes.len());
            assert!(said.iter().all(|words| !words.contains("composer-") && words.contains(' ')), "{said:?}");
        }
    }

    #[test]
    fn r36_the_three_paths_are_told_apart() {
        let texts = Texts::new(Language::English);
        let paths = [DeliveryPath::Optimized, DeliveryPath::CloudApi, DeliveryPath::NotYetKnown].map(|path| actual(&texts, path));
        assert_eq!(paths, ["optimized", "Cloud API", "not yet known"]);
    }

    #[test]
    fn a_time_to_live_is_said_in_whole_units() {
        let texts = Texts::new(Language::English);
        assert_eq!(duration(&texts, 43_200), "12 hours");
        assert_eq!(duration(&texts, 2_592_000), "30 days");
        assert_eq!(duration(&texts, 90), "90 seconds");
        assert_eq!(duration(&texts, 3_600), "1 hour");
    }
}
