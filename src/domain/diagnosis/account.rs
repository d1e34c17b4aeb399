//! What the account's own statuses say: optimized delivery, review, verification, payment, fallback.

use super::{Affects, Cause, Finding, Known, Severity, Step};
use crate::domain::{
    account::{OnboardingStatus, ReviewStatus},
    event::EventKind,
    graph_error::Actor,
    health::CanSend,
    status::StatusClass,
};

pub(super) fn look(known: &Known<'_>, found: &mut Vec<Finding>) {
    look_at_onboarding(known, found);
    look_at_review(known, found);
    look_at_verification(known, found);
    look_at_fallback(known, found);
    look_at_operation(known, found);
}

fn look_at_onboarding(known: &Known<'_>, found: &mut Vec<Finding>) {
    let status = &known.account.onboarding;
    let value = status.as_wire();
    let optimized = Affects::Optimized;
    let (cause, severity, affects, actor, step) = match status {
        // The status that says restricted is told with the restrictions.
        OnboardingStatus::Onboarded | OnboardingStatus::IneligibleInactiveOrRestricted => return,
        OnboardingStatus::Eligible => {
            (Cause::TermsNotAccepted, Severity::Notice, optimized, Some(Actor::Admin), Step::AcceptTerms)
        }
        // Health says whether messages are held back as well, and joins this.
        OnboardingStatus::PendingValidPaymentMethod => {
            (Cause::Payment, Severity::Limiting, optimized, Some(Actor::Admin), Step::FixPayment)
        }
        OnboardingStatus::PendingInternalSetup => {
            (Cause::SetupPending, Severity::Limiting, optimized, Some(Actor::Meta), Step::WaitForSetup)
        }
        OnboardingStatus::IneligibleCountryNotSupported => {
            (Cause::CountryNotSupported, Severity::Limiting, optimized, Some(Actor::Nobody), Step::NonePossible)
        }
        OnboardingStatus::IneligibleOnBehalfOfWaba => {
            (Cause::OnBehalfOf, Severity::Limiting, optimized, Some(Actor::Admin), Step::TransferOwnership)
        }
        OnboardingStatus::IneligibleUsingWhatsappBusinessApp => {
            (Cause::UsesBusinessApp, Severity::Limiting, optimized, Some(Actor::Admin), Step::SortOutBusinessApp)
        }
        OnboardingStatus::Unknown(sent) => match status.class() {
            StatusClass::Blocked => {
                (Cause::Ineligible(sent.as_str().into()), Severity::Limiting, optimized, None, Step::ReadAgain)
            }
            _ => (Cause::OnboardingUnknown(sent.as_str().into()), Severity::Notice, optimized, None, Step::ReadAgain),
        },
    };
    found.push(
        Finding::new(cause, severity, affects, actor, step)
            .shown_by(known.answer("marketing_messages_onboarding_status", value))
            .since(known.since(&EventKind::Onboarding, "", value)),
    );
}

fn look_at_review(known: &Known<'_>, found: &mut Vec<Finding>) {
    let Some(review) = &known.account.review else { return };
    // Only an approved account can use the APIs (Meta: account_review_update); where health says that messages leave, it
    // is not called blocked all the same.
    let open = if known.account.messaging() == CanSend::Available { Severity::Warning } else { Severity::Blocking };
    let admin = Some(Actor::Admin);
    let (cause, severity, actor, step) = match review {
        ReviewStatus::Approved => return,
        ReviewStatus::Rejected => (Cause::ReviewRejected, Severity::Blocking, admin, Step::Appeal),
        ReviewStatus::Restricted => (Cause::ReviewRestricted, Severity::Blocking, admin, Step::Appeal),
        ReviewStatus::Pending => (Cause::ReviewPending, open, Some(Actor::Meta), Step::WaitForMeta),
        ReviewStatus::Deferred => (Cause::ReviewDeferred, open, Some(Actor::Meta), Step::WaitForMeta),
        ReviewStatus::Unknown(sent) if sent.is_empty() => return,
        ReviewStatus::Unknown(sent) => {
            (Cause::StatusUndocumented(sent.as_str().into()), Severity::Warning, None, Step::FollowMeta)
        }
    };
    found.push(
        Finding::new(cause, severity, Affects::Messages, actor, step)
            .shown_by(known.answer("account_review_status", review.as_wire()))
            .since(known.since(&EventKind::Review, "", review.as_wire())),
    );
}

fn look_at_verification(known: &Known<'_>, found: &mut Vec<Finding>) {
    // Meta's pages disagree on the case of these values and on which there are.
    let Some(sent) = known.account.business_verification.as_ref().filter(|sent| !sent.is_empty()) else { return };
    let admin = Some(Actor::Admin);
    let (cause, severity, actor, step) = match sent.to_ascii_lowercase().as_str() {
        "verified" => return,
        "not_verified" | "unverified" => (Cause::BusinessUnverified, Severity::Limiting, admin, Step::VerifyBusiness),
        "failed" | "rejected" | "revoked" | "expired" | "ineligible" => {
            (Cause::VerificationFailed(sent.clone()), Severity::Limiting, admin, Step::VerifyBusiness)
        }
        "pending_need_more_info" | "pending_submission" => {
            (Cause::VerificationIncomplete(sent.clone()), Severity::Limiting, admin, Step::CompleteVerification)
        }
        "pending" => (Cause::VerificationRunning, Severity::Limiting, Some(Actor::Meta), Step::SeeVerification),
        _ => (Cause::StatusUndocumented(sent.clone()), Severity::Notice, None, Step::FollowMeta),
    };
    found.push(
        Finding::new(cause, severity, Affects::Limits, actor, step)
            .shown_by(known.answer("business_verification_status", sent))
            .since(known.since(&EventKind::Verification, "", sent)),
    );
}

/// Once the terms are signed the flag changes nothing; before that, marketing has no way left (131063).
fn look_at_fallback(known: &Known<'_>, found: &mut Vec<Finding>) {
    let account = known.account;
    if account.cloud_api_marketing_disabled == Some(true) && !account.onboarding.terms_accepted() {
        let (cause, step) = (Cause::FallbackForbidden, Step::AcceptTermsOrAllowFallback);
        found.push(
            Finding::new(cause, Severity::Blocking, Affects::Marketing, Some(Actor::Us), step)
                .shown_by(known.answer("disable_marketing_messages_on_cloud_api", "true"))
                .shown_by(known.answer("marketing_messages_onboarding_status", account.onboarding.as_wire())),
        );
    }
}

/// Only `ACTIVE` is documented for `status`; other values are told as they are.
fn look_at_operation(known: &Known<'_>, found: &mut Vec<Finding>) {
    let Some(sent) = known.account.operational_status.as_ref() else { return };
    if sent.is_empty() || sent.eq_ignore_ascii_case("ACTIVE") {
        return;
    }
    found.push(
        Finding::new(Cause::StatusUndocumented(sent.clone()), Severity::Warning, Affects::Messages, None, Step::FollowMeta)
            .shown_by(known.answer("status", sent))
            .since(known.since(&EventKind::Operation, "", sent)),
    );
}

/// A payment method that cannot be seen says little: the token may lack the rights, or a partner may pay. An account that is on
/// had a valid one. Looked at last, when it is known whether anything else tells of paying.
pub(super) fn look_at_funding(known: &Known<'_>, found: &mut Vec<Finding>) {
    let account = known.account;
    let told_already = found.iter().any(|finding| finding.cause == Cause::Payment);
    if account.funding_id.is_none() && account.onboarding != OnboardingStatus::Onboarded && !told_already {
        found.push(
            Finding::new(Cause::NoFunding, Severity::Notice, Affects::Nothing, Some(Actor::Admin), Step::CheckPayment)
                .shown_by(known.answer("primary_funding_id", "")),
        );
    }
}
