//! The next step of a finding, and the page on which it is taken.

use super::super::Account;

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// See the decision in Business Support Home and appeal it; usually decided in 24 to 48 hours.
    Appeal,
    /// Wait until it ends, or appeal.
    WaitOrAppeal,
    /// Wait for Meta.
    WaitForMeta,
    /// Wait for Meta's setup; ask when it takes long.
    WaitForSetup,
    /// See whether Meta asked for anything about the verification; else wait.
    SeeVerification,
    /// Wait: it passes by itself.
    Wait,
    /// Stop marketing and send less, better and only to those who asked for it.
    ImproveQuality,
    /// Add a payment method that works.
    FixPayment,
    /// Check that there is a payment method.
    CheckPayment,
    /// Verify the business.
    VerifyBusiness,
    /// Hand in what Meta asks for.
    CompleteVerification,
    /// Register the number with Cloud API.
    RegisterNumber,
    /// Prove the ownership of the number by a code.
    VerifyNumber,
    /// Connect the number again.
    ReconnectNumber,
    /// Add a number, or take another one.
    AddNumber,
    /// Choose another display name.
    ChangeName,
    /// Edit the templates and hand them in again.
    EditTemplates,
    /// Make new templates in place of these.
    ReplaceTemplates,
    /// Delete templates that are no longer needed.
    DeleteTemplates,
    /// Look at the category of the templates, and ask for a review where it is wrong.
    ReviewCategory,
    /// Accept the terms of optimized delivery.
    AcceptTerms,
    /// Accept the terms, or allow marketing through Cloud API again.
    AcceptTermsOrAllowFallback,
    /// Hand the account over to the business that it is for, or invite that business.
    TransferOwnership,
    /// Sort out the number in the WhatsApp Business app.
    SortOutBusinessApp,
    /// Ask the business to connect the account again.
    Reconnect,
    /// Sign in with a new token.
    NewToken,
    /// Sign in with a token that has the permission.
    GrantScope,
    /// Look at the app in the App Dashboard.
    CheckApp,
    /// Do what the code's explanation says.
    FollowExplanation,
    /// Do what Meta says; nothing more is known.
    FollowMeta,
    /// Read the account again; this version may be too old for it.
    ReadAgain,
    /// Set calling up, if it is wanted at all.
    SetUpCalling,
    /// There is none.
    NonePossible,
    /// Nothing has to be done.
    Nothing,
}

/// A page on which a step is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Link {
    /// Business Support Home.
    SupportHome,
    /// WhatsApp Manager, overview.
    Manager,
    /// WhatsApp Manager, phone numbers.
    Numbers,
    /// WhatsApp Manager, templates.
    Templates,
    /// Billing Hub.
    Billing,
    /// Business settings, WhatsApp accounts.
    Settings,
    /// App Dashboard.
    AppDashboard,
}

impl Step {
    /// Every step, for whoever has to have words for each.
    pub const ALL: [Self; 34] = [
        Self::Appeal,
        Self::WaitOrAppeal,
        Self::WaitForMeta,
        Self::WaitForSetup,
        Self::SeeVerification,
        Self::Wait,
        Self::ImproveQuality,
        Self::FixPayment,
        Self::CheckPayment,
        Self::VerifyBusiness,
        Self::CompleteVerification,
        Self::RegisterNumber,
        Self::VerifyNumber,
        Self::ReconnectNumber,
        Self::AddNumber,
        Self::ChangeName,
        Self::EditTemplates,
        Self::ReplaceTemplates,
        Self::DeleteTemplates,
        Self::ReviewCategory,
        Self::AcceptTerms,
        Self::AcceptTermsOrAllowFallback,
        Self::TransferOwnership,
        Self::SortOutBusinessApp,
        Self::Reconnect,
        Self::NewToken,
        Self::GrantScope,
        Self::CheckApp,
        Self::FollowExplanation,
        Self::FollowMeta,
        Self::ReadAgain,
        Self::SetUpCalling,
        Self::NonePossible,
        Self::Nothing,
    ];

    /// Its name for programs, and in the ids of its texts with dashes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Appeal => "appeal",
            Self::WaitOrAppeal => "wait_or_appeal",
            Self::WaitForMeta => "wait_for_meta",
            Self::WaitForSetup => "wait_for_setup",
            Self::SeeVerification => "see_verification",
            Self::Wait => "wait",
            Self::ImproveQuality => "improve_quality",
            Self::FixPayment => "fix_payment",
            Self::CheckPayment => "check_payment",
            Self::VerifyBusiness => "verify_business",
            Self::CompleteVerification => "complete_verification",
            Self::RegisterNumber => "register_number",
            Self::VerifyNumber => "verify_number",
            Self::ReconnectNumber => "reconnect_number",
            Self::AddNumber => "add_number",
            Self::ChangeName => "change_name",
            Self::EditTemplates => "edit_templates",
            Self::ReplaceTemplates => "replace_templates",
            Self::DeleteTemplates => "delete_templates",
            Self::ReviewCategory => "review_category",
            Self::AcceptTerms => "accept_terms",
            Self::AcceptTermsOrAllowFallback => "accept_terms_or_allow_fallback",
            Self::TransferOwnership => "transfer_ownership",
            Self::SortOutBusinessApp => "sort_out_business_app",
            Self::Reconnect => "reconnect",
            Self::NewToken => "new_token",
            Self::GrantScope => "grant_scope",
            Self::CheckApp => "check_app",
            Self::FollowExplanation => "follow_explanation",
            Self::FollowMeta => "follow_meta",
            Self::ReadAgain => "read_again",
            Self::SetUpCalling => "set_up_calling",
            Self::NonePossible => "none_possible",
            Self::Nothing => "nothing",
        }
    }

    /// Where it is taken.
    pub(super) fn link(self) -> Option<Link> {
        match self {
            Self::Appeal | Self::WaitOrAppeal => Some(Link::SupportHome),
            Self::FixPayment | Self::CheckPayment => Some(Link::Billing),
            Self::RegisterNumber
            | Self::VerifyNumber
            | Self::ReconnectNumber
            | Self::AddNumber
            | Self::ChangeName
            | Self::SortOutBusinessApp
            | Self::SetUpCalling => Some(Link::Numbers),
            Self::EditTemplates | Self::ReplaceTemplates | Self::DeleteTemplates | Self::ReviewCategory => Some(Link::Templates),
            Self::AcceptTerms | Self::AcceptTermsOrAllowFallback | Self::ImproveQuality | Self::WaitForSetup => {
                Some(Link::Manager)
            }
            Self::VerifyBusiness
            | Self::CompleteVerification
            | Self::SeeVerification
            | Self::TransferOwnership
            | Self::Reconnect => Some(Link::Settings),
            Self::CheckApp => Some(Link::AppDashboard),
            Self::WaitForMeta
            | Self::Wait
            | Self::NewToken
            | Self::GrantScope
            | Self::FollowExplanation
            | Self::FollowMeta
            | Self::ReadAgain
            | Self::NonePossible
            | Self::Nothing => None,
        }
    }
}

impl Link {
    /// The page's address for an account. Ids of Meta's are digits; whatever else was sent is left out of addresses.
    pub fn url(self, account: &Account) -> String {
        let digits = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        let portfolio = account.portfolio.as_ref().map(|portfolio| portfolio.id.as_str()).filter(|id| digits(id));
        let asset = Some(account.id.as_str()).filter(|id| digits(id));
        let page = match self {
            Self::SupportHome => "https://business.facebook.com/business-support-home",
            Self::Manager => "https://business.facebook.com/latest/whatsapp_manager/overview",
            Self::Numbers => "https://business.facebook.com/latest/whatsapp_manager/phone_numbers",
            Self::Templates => "https://business.facebook.com/latest/whatsapp_manager/message_templates",
            Self::Billing => "https://business.facebook.com/billing_hub/payment_settings",
            Self::Settings => "https://business.facebook.com/latest/settings/whatsapp_account",
            Self::AppDashboard => "https://developers.facebook.com/apps",
        };
        let with_asset = matches!(self, Self::Manager | Self::Numbers | Self::Templates);
        let mut parameters = Vec::new();
        if !matches!(self, Self::SupportHome | Self::AppDashboard) {
            parameters.extend(portfolio.map(|id| format!("business_id={id}")));
        }
        parameters.extend(asset.filter(|_| with_asset).map(|id| format!("asset_id={id}")));
        if parameters.is_empty() { page.to_owned() } else { format!("{page}?{}", parameters.join("&")) }
    }
}
