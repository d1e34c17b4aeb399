## labels of the contract

label-optimized-delivery = optimized delivery
label-upgrade-section = Optimize your sending with optimized delivery
label-upgrade-action = Upgrade setting
label-accounts-section = WhatsApp Business Account Management
label-tab-compose = Compose
label-tab-settings = Settings
label-tab-preview = Preview
label-tab-test = Test
label-delivery-method = Delivery method
label-optimized-checkbox = Optimized Delivery (Recommended)
label-banner-ineligible = At least one WhatsApp Business Account is restricted by Meta. Accounts must be in good standing to upgrade.
label-banner-general = Something went wrong during the upgrade. Try again, or contact Support.

## commands

command-app-quit = quit
command-app-quit-help = Leave wabadeck. The terminal is given back as it was.
command-app-suspend = suspend
command-app-suspend-help = Put wabadeck in the background; the shell's fg brings it back.
command-help-open = help
command-help-open-help = Show every key that works here.
command-palette-open = commands
command-palette-open-help = Find a command by its name and run it.
command-view-back = back
command-view-back-help = Close what is on top, or go back to the accounts.
command-accounts-show = accounts
command-accounts-show-help = Show every WhatsApp Business Account.
command-activity-show = activity
command-activity-show-help = Show what changed about the accounts; from an account, what changed about it.
command-activity-open-account = open account
command-activity-open-account-help = Open the account of the chosen event.
command-activity-filter = filter
command-activity-filter-help = Show only events that hold what you type.
command-activity-account = account
command-activity-account-help = Choose whose events are shown.
command-activity-kind = kind
command-activity-kind-help = Choose which kind of event is shown.
command-activity-period = period
command-activity-period-help = Choose how far back the events go.
command-activity-copy = copy
command-activity-copy-help = Copy the chosen event as one line.
command-results-show = results
command-results-show-help = Show what became of the selected account's messages, by the way they took.
command-results-template = template
command-results-template-help = Choose a template and see sent, delivered, read and clicked by method.
command-results-period = period
command-results-period-help = Go from 7 to 30 to 90 days back.
command-results-enable = switch insights on
command-results-enable-help = Switch template insights on for this account; asks first, because it cannot be undone.
command-results-export = export recipients
command-results-export-help = Write two private files: who failed with 131049 (another channel, or after 24 hours) and who with 131050 (never again).
command-composer-show = compose
command-composer-show-help = Write a message from the selected account and see which way it goes before it is sent.
command-fleet-refresh = refresh
command-fleet-refresh-help = Ask Meta for every account again. What is known stays on the screen meanwhile.
command-benefits-open = benefits
command-benefits-open-help = What optimized delivery brings, in five lines.
command-upgrade-open = Upgrade setting
command-upgrade-next = next
command-upgrade-next-help = Go on to the next portfolio that can be upgraded.
command-upgrade-filter = filter
command-upgrade-filter-help = Narrow the list of portfolios by name, id or account.
command-upgrade-show = by state
command-upgrade-show-help = Show the portfolios that can be upgraded, that wait, that are blocked, or that are done.
command-upgrade-copy-address = copy link
command-upgrade-copy-address-help = Copy the address of the page where the terms are accepted.
command-upgrade-abandon = stop waiting
command-upgrade-abandon-help = Stop waiting for this portfolio's upgrade and forget that it was begun.
command-upgrade-open-help = Upgrade accounts to optimized delivery, portfolio by portfolio.
command-restricted-show = restricted account
command-restricted-show-help = Jump to the next account that Meta restricts.
command-banner-dismiss = dismiss
command-banner-dismiss-help = Dismiss a general error. The ineligible banner stays while an account is restricted.
command-failure-copy = copy error
command-failure-copy-help = Copy what Support needs: code, subcode, trace id, session id and time.
command-support-open = Support
command-support-open-help = Open the Support address from the configuration.
command-move-up = up
command-move-up-help = Move one line up.
command-move-down = down
command-move-down-help = Move one line down.
command-move-page-up = page up
command-move-page-up-help = Move one page up.
command-move-page-down = page down
command-move-page-down-help = Move one page down.
command-move-first = first
command-move-first-help = Move to the first line.
command-move-last = last
command-move-last-help = Move to the last line.
command-account-open = open
command-account-open-help = Show everything known about the selected account.
command-accounts-filter = filter
command-accounts-filter-help = Show only accounts that match: name, id, portfolio, country, number or status.
command-accounts-sort = sort
command-accounts-sort-help = Sort by the next column. The first order is worst first.
command-accounts-reverse = reverse
command-accounts-reverse-help = Turn the order around.
command-account-copy = copy id
command-account-copy-help = Copy the selected account's id.
command-account-copy-open = copy
command-account-copy-open-help = Copy the chosen line with all that belongs to it.
command-composer-next-tab = next tab
command-composer-next-tab-help = Go to the next of Compose, Settings, Preview and Test.
command-composer-previous-tab = previous tab
command-composer-previous-tab-help = Go to the previous tab.
command-composer-pick-template = template
command-composer-pick-template-help = Choose another template of this account.
command-composer-send = send test
command-composer-send-help = Send this message to the test number, after asking once more.
command-composer-copy-request = copy request
command-composer-copy-request-help = Copy the exact request as a curl command, the token left out.
command-composer-show-request = request
command-composer-show-request-help = Show the exact request that a test would make, as JSON or curl, without the token.
command-composer-show-checks = checks
command-composer-show-checks-help = Show every check before sending, each with its remedy.
command-composer-drafts = drafts
command-composer-drafts-help = Take up one of the last drafts, or one from a file.
command-composer-export-draft = export
command-composer-export-draft-help = Hand the draft on as a file, with or without the recipients' numbers.

## scopes

scope-everywhere = Everywhere
scope-accounts = Accounts
scope-account = One account
scope-activity = Activity
scope-results = Results
scope-composer = Composer
scope-upgrade = Upgrade

## frame

frame-sandbox = SANDBOX
frame-connecting = connecting…
frame-not-connected = not connected
frame-profile = {" "}profile { $name }
frame-refreshing = refreshing…
frame-refreshing-slowly = refreshing for { $seconds } s
frame-as-of = as of { $time }
frame-failed = refresh failed
frame-too-small = wabadeck needs 60×15; this terminal is { $width }×{ $height }
frame-broken-task = Something went wrong inside wabadeck: { $reason }. The log has the details.
frame-copied = Copied: { $what }
frame-copied-failure = Copied what Support needs.
frame-browser-opened = Opened in the browser: { $url }
frame-browser-failed = No browser could be opened. The address is { $url }
frame-cannot-yet = Not yet: connecting.
frame-usage = API limit { $percent } % used
frame-resting = API rests until { $time }
account-usage = API limit
account-usage-percent = { $percent } % used
account-usage-resting = used up; calls rest until { $time }
account-blind-spot = Could not see
frame-at-home = This is the first screen; q quits.
frame-no-accounts = No account is known yet.
frame-no-selection = No account is selected.
frame-nothing-loaded-twice = Already asking Meta.
frame-press-again = not available: { $reason }

## accounts

accounts-count = { $count ->
    [one] 1 account
   *[other] { $count } accounts
}
accounts-on = { $count } on
accounts-filtered = { $shown } of { $all } match “{ $filter }”
accounts-filter-prompt = filter:
accounts-filter-hint = name, id, portfolio, country, number or status
accounts-sorted = { $column }{ $direction }
accounts-none-match = No account matches “{ $filter }”.  esc clears the filter.
accounts-key-elsewhere = “{ $title }” works on an account's own screen: { $key } opens it.
accounts-none = This token sees no WhatsApp Business Account.
accounts-none-hint = It may lack whatsapp_business_management, or no account is assigned to it. `wabadeck accounts` prints what each way of finding accounts answered.
accounts-loading = Asking Meta for every account this token can see…
accounts-failed = The accounts could not be read: { $reason }
accounts-failed-stale = Could not refresh: { $reason }
accounts-blind-spots = { $count ->
    [one] One way of finding accounts failed: { $reason }
   *[other] { $count } ways of finding accounts failed; the first: { $reason }
}
accounts-column-status = Status
accounts-column-name = Account
accounts-column-health = Health
accounts-column-quality = Quality
accounts-column-portfolio = Portfolio
accounts-column-country = Country
accounts-column-country-short = Ctry
accounts-column-numbers = Numbers
accounts-column-numbers-short = Nos
accounts-column-refreshed = As of
accounts-sort-attention = worst first

## status

status-short-eligible = Can be upgraded
status-short-onboarded = On
status-short-pending-valid-payment-method = Needs payment
status-short-pending-internal-setup = Being set up
status-short-ineligible-inactive-or-restricted = Restricted
status-short-ineligible-country-not-supported = Country
status-short-ineligible-on-behalf-of-waba = On behalf of
status-short-ineligible-using-whatsapp-business-app = Business app
status-short-unknown = Unknown
status-short-not-reported = Not reported
status-title-eligible = Can be upgraded — not on yet
status-title-onboarded = Optimized delivery is on
status-title-pending-valid-payment-method = Not on: a payment method is missing
status-title-pending-internal-setup = Not on yet: Meta is setting it up
status-title-ineligible-inactive-or-restricted = Cannot be upgraded: inactive or restricted by Meta
status-title-ineligible-country-not-supported = Cannot be upgraded: the country is not supported
status-title-ineligible-on-behalf-of-waba = Cannot be upgraded: owned on behalf of another business
status-title-ineligible-using-whatsapp-business-app = Cannot be upgraded: a number is used in the WhatsApp Business app
status-title-unknown = Meta sent a status that this version does not know: { $value }
status-title-not-reported = Meta did not report a status
status-meaning-eligible = The terms of the Marketing Messages API have not been accepted. Until then marketing messages go through Cloud API.
status-meaning-onboarded = Marketing templates go through the Marketing Messages API. Nothing is left to do.
status-meaning-pending-valid-payment-method = The terms are accepted, but Meta waits for a valid payment method on this account.
status-meaning-pending-internal-setup = The terms are accepted and Meta is configuring the account. Nobody has anything to do.
status-meaning-ineligible-inactive-or-restricted = The account is inactive, or policy enforcement keeps it from sending messages.
status-meaning-ineligible-country-not-supported = Meta does not offer optimized delivery in the country of this account.
status-meaning-ineligible-on-behalf-of-waba = The account uses the old on-behalf-of ownership, which cannot be upgraded as it is.
status-meaning-ineligible-using-whatsapp-business-app = A phone number of this account is in use in the WhatsApp Business app.
status-meaning-unknown = It may be newer than this version of wabadeck. It is treated as not on.
status-meaning-not-reported = The token may lack the permission, or the API version does not have the field. It is treated as not on.
status-next-eligible = Press { $key } for “Upgrade setting”. One acceptance covers the whole portfolio.
status-next-onboarded = Compose a marketing message with { $key }.
status-next-pending-valid-payment-method = The business's admin adds a payment method in Billing (business.facebook.com/billing_hub).
status-next-pending-internal-setup = Nothing to do but wait: the next refresh shows it when Meta is done.
status-next-ineligible-inactive-or-restricted = Appeal in Business Support Home (business.facebook.com/business-support-home); it names the reason.
status-next-ineligible-country-not-supported = Nothing can be done from here; messages go through Cloud API.
status-next-ineligible-on-behalf-of-waba = Transfer the ownership to the customer's portfolio, or send the partner invitation.
status-next-ineligible-using-whatsapp-business-app = Move the number to Cloud API alone, then refresh.
status-next-unknown = Look the value up in Meta's documentation, or update wabadeck.
status-next-not-reported = Refresh; if it stays so, check the token's permissions.

## health

health-available = available
health-limited = limited
health-blocked = blocked
health-unknown = { $value }
health-not-reported = –
health-entity-app = App
health-entity-business = Business
health-entity-waba = Account
health-entity-phone-number = Number
health-entity-message-template = Template
health-entity-unknown = { $value }

## quality

quality-green = green
quality-yellow = yellow
quality-red = red
quality-na = not rated
quality-unknown = { $value }

## numbers

number-status-connected = Active
number-status-pending = Pending
number-status-flagged = Flagged
number-status-rate-limited = Rate limited
number-status-restricted = Restricted
number-status-banned = Banned
number-status-disconnected = Disconnected
number-status-linked = Linked
number-status-unlinked = Unlinked
number-status-deleted = Deleted
number-status-migrated = Migrated
number-status-verified = Verified
number-status-unverified = Not verified
number-status-unknown = { $value }
limit-tier-50 = 50 a day
limit-tier-250 = 250 a day
limit-tier-1k = 1,000 a day
limit-tier-2k = 2,000 a day
limit-tier-10k = 10,000 a day
limit-tier-100k = 100,000 a day
limit-tier-unlimited = unlimited
limit-tier-not-set = not set
limit-unknown = { $value }
limit-not-reported = not reported

## words of Meta's in answers

word-approved = approved
word-pending = pending
word-rejected = rejected
word-deferred = put off
word-restricted = restricted
word-verified = verified
word-not-verified = not verified
word-unverified = not verified
word-failed = failed
word-expired = expired
word-revoked = revoked
word-declined = declined
word-available-without-review = usable without a review
word-none = none
word-pending-review = in review
word-pending-need-more-info = pending: Meta needs more
word-pending-submission = pending: not handed in
word-ineligible = not eligible
word-standard = standard
word-high = high
word-not-applicable = not applicable
word-self-owned = owned by the business itself
word-client-owned = owned by a client
word-agency-owned = owned by an agency
word-on-behalf-of = owned on behalf of another

## details of an account

account-section-findings = What stands in the way
account-section-delivery = Optimized delivery
account-section-health = Health
account-section-numbers = Phone numbers
account-section-region = Where it works
account-section-about = About
account-next = Next
account-portfolio = Portfolio
account-portfolio-terms = Terms
account-terms-not-started = not accepted yet
account-terms-request-sent = invitation sent { $when }
account-terms-signed = accepted { $when }
account-setup-waits = { $days ->
    [one] Accepted 1 day ago. Meta names no time that its setup takes: look in WhatsApp Manager whether something is open, then write to Support.
   *[other] Accepted { $days } days ago. Meta names no time that its setup takes: look in WhatsApp Manager whether something is open, then write to Support.
}
account-terms-unknown = { $value }
account-limit = Messaging limit of the portfolio
account-limit-shared = shared by all its numbers
account-id = Id
account-country = Country
account-currency = Currency
account-review = Review
account-verification = Business verification
account-ownership = Ownership
account-found-by = Found by
account-found-granted = granted to the token
account-found-owned = listed by its owner's portfolio
account-found-client = listed by a portfolio it is shared with
account-found-assigned = assigned to the user
account-found-manual = given by hand
account-refreshed = As of
account-created = Created
account-no-numbers = No phone number is registered. A number on Cloud API is needed to send.
account-numbers-unread = Meta does not tell this token the phone numbers.
account-name-missing = (no name)
account-cloud-api-off = Marketing through Cloud API is switched off for this account: a message that would fall back is refused (131063).
account-restriction-until = { $kind } until { $when }
account-restriction-open = { $kind }, no end named
restriction-business-initiated-messaging = No templates or marketing
restriction-customer-initiated-messaging = No answers to customers
restriction-add-phone-number = No new numbers
restriction-utility-templates = No utility templates
restriction-direct-send-utility-templates = No direct utility sends
restriction-business-initiated-calling = No outgoing calls
restriction-user-initiated-calling = No incoming calls
restriction-both-calling = No calls
restriction-call-button-hidden = Call button hidden
restriction-unknown = { $value }
account-not-known = This account is not known any more. The token may have lost access to it.

## account screen, report

account-section-restrictions = Restrictions
account-section-templates = Templates
account-section-history = Lately
account-name-findings = Diagnosis
account-name-delivery = Delivery
account-name-restrictions = Restrictions
account-name-health = Health
account-name-numbers = Numbers
account-name-templates = Templates
account-name-history = Lately
account-name-region = Where
account-name-about = About
account-no-link = There is no page to open for this line.
account-more-findings = … and { $count } more: Enter shows everything
account-restriction-left = ends in { $left } ({ $when })
account-restriction-no-end = Meta named no end
account-restriction-day = ends on { $when } ({ $left }; Meta's sentence names the day, not the hour)
account-restriction-unnamed = Restricted; Meta does not say what exactly
account-how-to-appeal = Ask for a review in Business Support Home; it is usually decided in 24–48 hours.
account-templates-not-asked = Not read yet.
account-template-rejected = rejected: { $reason }
account-pause-ends = the pause ends in { $left }
account-pause-ends-at-the-latest = the pause ends in { $left } at the latest
account-pause-next-unknown = Low quality pauses it for 3 hours the first time, 6 hours the second, and disables it the third.
account-pause-next-second = The next time it is paused for 6 hours, after that it is disabled.
account-pause-next-disabled = The next time it is disabled for good.
account-category-moved = Meta changed its category: { $from } → { $to }
account-category-wrong = Meta holds { $to } to be right in place of { $from }, and may change it
account-history-none = Nothing changed that was seen in the last 30 days.
account-history-more = … and { $count } more: { $key }
account-history-all = All of it: { $key }
account-history-none-since = wabadeck first looked at this account on { $when }; nothing changed since, and what was before is not known.
account-send-failed = send failed
account-number-name = display name { $value }
account-number-code = ownership { $value }
account-number-throughput = throughput { $value }
finding-ends-in = ends in { $left }
finding-days-left = { $days ->
    [0] less than a day
    [one] 1 day
   *[other] { $days } days
}
report-title = Report for Support: recipients are masked, there is no token in it
report-to-clipboard = Copy
report-to-clipboard-note = to the clipboard, as Markdown
report-to-file = Write a file
report-to-file-note = in wabadeck's data directory, readable by you alone
report-copied = The report is on the clipboard.
report-written = The report is in { $path }.
hint-explain = ↑↓ choose  y copy  esc close
command-explain-open = explain
command-explain-open-help = Say what the codes and statuses on this screen mean, who must act, and where it is written.
command-account-copy-section = copy section
command-account-copy-section-help = Copy the whole section that the chosen line stands in.
command-account-next-section = section
command-account-next-section-help = Go to the next section of the account's page.
command-account-previous-section = section before
command-account-previous-section-help = Go to the section before.
command-account-open-link = open page
command-account-open-link-help = Open the page of Meta's on which the chosen line's step is taken.
command-account-report = report
command-account-report-help = Make a report for Support or a colleague: clipboard or file.

## findings

finding-none = Nothing known stands in the way of messages.
finding-none-marketing = Nothing known stands in the way of marketing, and optimized delivery is on.
finding-severity-blocking = BLOCKED
finding-severity-limiting = LIMITED
finding-severity-warning = WARNING
finding-severity-notice = NOTE
finding-affects-messages = all messages
finding-affects-templates = templates and marketing
finding-affects-marketing = marketing
finding-affects-optimized-delivery = optimized delivery only
finding-affects-utility = utility templates
finding-affects-answers = answers to customers
finding-affects-limits = how many people can be written to
finding-affects-one-number = this number
finding-affects-some-templates = these templates
finding-affects-adding-numbers = adding numbers
finding-affects-api-calls = what wabadeck can read
finding-affects-calling = voice calls only, not messages
finding-affects-nothing = nothing yet
finding-who-us = Your move
finding-who-admin = Move of the business's admin
finding-who-meta = Meta's move
finding-who-recipient = The recipient's move
finding-who-nobody = Nobody's move
finding-who-unknown = Whose move it is, Meta does not say
finding-who-short-us = you
finding-who-short-admin = the business's admin
finding-who-short-meta = Meta
finding-who-short-recipient = the recipient
finding-who-short-nobody = nobody
finding-who-short-unknown = not known
finding-since = since { $when }
finding-until = until { $when }
finding-meta-words = Meta: { $words }
finding-meta-advice = Meta advises: { $words }
finding-evidence = Evidence
finding-evidence-line = { $field } = { $value }
finding-evidence-seen = { $source }, { $when }
finding-evidence-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
  }
finding-source-answer = Graph API
finding-source-health = health status
finding-source-webhook = webhook
finding-source-history = seen here
finding-source-send = a send
finding-source-usage = usage header
finding-source-token = token

finding-token-refused = Meta refuses the token, so nothing can be sent or read with it.
finding-token-expired = The token has expired, so nothing can be sent or read with it.
finding-scope-missing = The token lacks the permission { $value }.
finding-account-disabled = Meta has disabled this account for violating its policies.
finding-account-locked = Meta has locked this account: no messages until an appeal succeeds.
finding-account-deleted = Meta announced that this account was deleted.
finding-account-offboarded = This account was taken off the platform ({ $value }).
finding-access-lost = This account was taken away from this partner or app ({ $value }), so nothing can be sent from here.
finding-restriction-announced = Meta restricts this account: { $kind }.
finding-review-rejected = Meta's review rejected this account; only approved ones can send.
finding-review-restricted = Meta restricted this account after its review.
finding-account-restricted = Meta has restricted or deactivated this account.
finding-disable-scheduled = Meta will disable this account unless an appeal succeeds.
finding-review-pending = Meta has not finished reviewing this account.
finding-review-deferred = Meta has put off its review of this account.
finding-health-blocked = { $entity }: Meta blocks messages{ $code ->
    [none] {""} and gives no reason.
   *[other] {""} (code { $code }).
  }
finding-no-number = No phone number is known for this account, so there is nothing to send from.
finding-number-banned = Meta has banned the number { $number }.
finding-number-restricted = { $number } is restricted, usually because its messaging limit of 24 hours is used up; answers still work.
finding-number-disconnected = { $number } is not connected to the platform.
finding-number-gone = { $number } can no longer be used from here: { $value }.
finding-number-pending = { $number } is not registered yet, so nothing can be sent from it.
finding-number-unverified = Ownership of { $number } was not proven, so it cannot be registered.
finding-number-not-on-cloud-api = { $number } is not on Cloud API ({ $value }), which optimized delivery needs.
finding-number-rate-limited = Meta slows sending from { $number }.
finding-number-flagged = { $number } is flagged for low quality; without improvement within 7 days its limit falls.
finding-number-status-unknown = { $number } has a status that this version does not know: { $value }.
finding-payment = Paying does not work: templates and marketing need a valid payment method.
finding-fallback-forbidden = Marketing has no way left: Cloud API is switched off for it, and the terms of optimized delivery are not signed.
finding-no-sendable-template = No marketing template is approved, so no marketing can be sent.
finding-country-not-supported = Optimized delivery is not offered in this account's country; Cloud API still works.
finding-on-behalf-of = The account is held on behalf of a customer, in the old ownership model that cannot be upgraded.
finding-uses-business-app = A number of this account is in use in the WhatsApp Business app, which keeps the upgrade back.
finding-ineligible-unknown = Not eligible for optimized delivery, for a reason that this version does not know: { $value }.
finding-setup-pending = The terms are accepted; Meta is still setting optimized delivery up.
finding-business-unverified = The business is not verified, which keeps its limits low.
finding-verification-failed = The verification of the business ended badly: { $value }.
finding-verification-incomplete = The verification of the business waits for its papers: { $value }.
finding-verification-running = Meta is verifying the business; limits stay low meanwhile.
finding-health-limited = { $entity }: Meta limits messages{ $code ->
    [none] .
   *[other] {""} (code { $code }).
  }
finding-quality-low = Quality of { $number } is low: people block or report it, and its limit may fall.
finding-quality-falling = Quality of { $number } fell to medium.
finding-quality-medium = Quality of { $number } is medium.
finding-name-declined = Meta declined the display name of { $number }; people see the number instead. Messages still leave.
finding-name-expired = The display name of { $number } is no longer approved.
finding-name-in-review = Meta is reviewing the display name of { $number }.
finding-limit-reached = The messaging limit of the last 24 hours is used up: nobody new can be written to; answers still work.
finding-limit-low = The messaging limit is that of a new portfolio: { $value }.
finding-limit-lowered = Meta lowered the messaging limit to { $value }.
finding-limit-not-reported = Meta reports no messaging limit, so how many people can be written to is not known.
finding-templates-disabled = { $count ->
    [one] The template { $names } is disabled for good.
   *[other] { $count } templates are disabled for good: { $names }.
  }
finding-templates-paused = { $count ->
    [one] The template { $names } is paused for low quality.
   *[other] { $count } templates are paused for low quality: { $names }.
  }
finding-templates-rejected = { $count ->
    [one] The template { $names } was rejected.
   *[other] { $count } templates were rejected: { $names }.
  }
finding-templates-over-limit = { $count ->
    [one] The template { $names } is over a limit.
   *[other] { $count } templates are over a limit: { $names }.
  }
finding-templates-recategorised = { $count ->
    [one] Meta changed the category of { $names }.
   *[other] Meta changed the category of { $count } templates: { $names }.
  }
finding-templates-miscategorised = { $count ->
    [one] Meta holds another category to be right for { $names }, and may change it.
   *[other] Meta holds another category to be right for { $count } templates, and may change it: { $names }.
  }
finding-templates-low-quality = { $count ->
    [one] The template { $names } has low quality and is about to be paused.
   *[other] { $count } templates have low quality and are about to be paused: { $names }.
  }
finding-templates-in-review = { $count ->
    [one] Meta is reviewing the template { $names }.
   *[other] Meta is reviewing { $count } templates: { $names }.
  }
finding-sends-failing = { $count ->
    [one] A send failed in the last 24 hours with code { $value }.
   *[other] { $count } sends failed in the last 24 hours with code { $value }.
  }
finding-calls-resting = A limit of calls to Meta is used up; wabadeck reads this account again when it ends.
finding-calls-running-out = { $value } % of a limit of calls to Meta is used.
finding-token-expiring = The token expires soon; nothing can be sent or read after that.
finding-data-access-ending = The token's access to data ends soon.
finding-policy-violation = Meta names a violation of its policies: { $value }. Going on leads to a block.
finding-meta-alert = Meta alerts: { $value }.
finding-status-undocumented = Meta gives a status whose meaning it does not document: { $value }.
finding-onboarding-unknown = Where the account stands with optimized delivery is not known{ $value ->
    [none] : Meta sent no status.
   *[other] : { $value }.
  }
finding-no-funding = No payment method is visible: there is none, or the token may not see it.
finding-terms-not-accepted = Optimized delivery is not on: its terms have not been accepted. Messages leave through Cloud API.
finding-calling-off = Voice calls are not set up ({ $value }). Messages are not affected.

finding-step-appeal = See the decision in Business Support Home and ask for a review; usually decided in 24–48 hours.
finding-step-wait-or-appeal = Wait until it ends, or ask for a review in Business Support Home (24–48 hours).
finding-step-wait-for-meta = Nothing to do: wait for Meta.
finding-step-wait-for-setup = Wait for Meta. Where it takes more than a day, see in WhatsApp Manager whether something is open, then write to Support.
finding-step-see-verification = See in the Security Center of Business settings whether Meta asked for anything; otherwise wait.
finding-step-wait = Nothing to do: it passes by itself.
finding-step-improve-quality = Write only to people who asked for it, less often, with a clear way to opt out.
finding-step-fix-payment = Add a valid payment method in Billing; check currency and time zone, too.
finding-step-check-payment = Check in Billing that a payment method is set.
finding-step-verify-business = Verify the business in the Security Center of Business settings.
finding-step-complete-verification = Hand in what Meta asks for in the Security Center of Business settings.
finding-step-register-number = Register the number with Cloud API.
finding-step-verify-number = Prove the ownership of the number with the code that Meta sends, then register it.
finding-step-reconnect-number = Register the number with Cloud API again.
finding-step-add-number = Add a number in WhatsApp Manager, or send from another one.
finding-step-change-name = Choose a name that follows Meta's guidelines and hand it in again.
finding-step-edit-templates = Edit them in WhatsApp Manager and hand them in again, or send others.
finding-step-replace-templates = Make new templates in their place; disabled ones do not come back.
finding-step-delete-templates = Delete templates that are no longer needed.
finding-step-review-category = Check the category in WhatsApp Manager; ask for a review where it is wrong.
finding-step-accept-terms = A person with full control of the portfolio accepts the terms: “Upgrade setting”.
finding-step-accept-terms-or-allow-fallback = Have the terms accepted, or set disable_marketing_messages_on_cloud_api to false.
finding-step-transfer-ownership = Hand the account over to the business it is for, or invite that business.
finding-step-sort-out-business-app = Move the number out of the WhatsApp Business app, or wait: Meta may admit such numbers.
finding-step-reconnect = Ask the business to connect the account again.
finding-step-new-token = Make a new token and sign in with it (wabadeck login).
finding-step-grant-scope = Make a token with this permission and sign in with it (wabadeck login).
finding-step-check-app = Look at the app's alerts in the App Dashboard.
finding-step-follow-explanation = { $explanation }
finding-step-follow-meta = Do what Meta says; nothing more is known about it.
finding-step-read-again = Read the account again; wabadeck may be too old for it.
finding-step-set-up-calling = Set calling up in WhatsApp Manager, if you want it at all.
finding-step-none-possible = Nothing can be done about it.
finding-step-nothing = Nothing to do.

ladder-title = Meta's enforcement
ladder-place = step { $step } of 5: { $what }
ladder-warning = a warning, nothing is taken away
ladder-short-block = no templates and no new numbers for 1 or 3 days
ladder-long-block = no messages for 5, 7 or 30 days
ladder-lock = locked until an appeal succeeds
ladder-disabled = disabled for good

## explanations

explain-of-onboarding = Optimized delivery
explain-of-number-status = Number
explain-of-quality = Quality
explain-of-health = Health
explain-of-review = Account review
explain-of-name-status = Display name
explain-of-template-status = Template
explain-of-restriction = Restriction
explain-label = { $what }: { $value }
explain-title = Explanation
explain-nothing-here = There is no code or status here that could be explained.
explain-several = { $count } things on this screen
explain-several-of = { $count } things about { $account }
explain-unknown-value = This version does not know this value; it is shown as Meta sent it.
explain-source = Source: { $pages }
explain-source-observed = seen in answers of Meta's, on no page
explain-source-inferred = concluded, on no page
explain-source-oas = Meta's OpenAPI description
explain-source-waba = reference of the WhatsApp Business Account, as client libraries copy it
explain-number-status-connected = Registered and usable; messages leave within the messaging limit.
explain-number-status-pending = Not registered yet. Prove its ownership if that was not done, then register it with Cloud API.
explain-number-status-flagged = Quality is low. If it is medium or high for 7 days it becomes active again; otherwise its messaging limit falls.
explain-number-status-rate-limited = Meta slows sending from this number for a time. It passes by itself.
explain-number-status-restricted = Usually the messaging limit of 24 hours is used up: nothing new can be begun until it resets, answers still work.
explain-number-status-banned = Meta banned this number from sending and receiving. Appeal in Business Support Home.
explain-number-status-disconnected = Not connected to the platform. Register it with Cloud API again.
explain-number-status-linked = Linked to the account; whether it can send shows in its health.
explain-number-status-unlinked = No longer linked to this account: it cannot be used from here.
explain-number-status-deleted = Deleted. It can be added again, or another number used.
explain-number-status-migrated = Moved to another account: it cannot be used from here.
explain-number-status-verified = Ownership is proven, but it is not registered yet. Register it with Cloud API.
explain-number-status-unverified = Ownership was not proven. Ask for a code, confirm it, then register the number.
explain-quality-green = High: people rarely block or report messages of this number.
explain-quality-yellow = Medium: more people than usual block or report it. Write less often, and only to those who asked for it.
explain-quality-red = Low: many people block or report it. The number may be flagged and its messaging limit may fall.
explain-quality-na = Not rated yet: too few messages were sent lately.
explain-health-available = Nothing stands in the way of messages.
explain-health-limited = Messages leave within limits; Meta's words beside it say which.
explain-health-blocked = No messages leave while this holds; Meta's words beside it say why.
explain-review-approved = Meta's review ended well. Only approved accounts can use the APIs.
explain-review-pending = Meta is reviewing the account. Nothing has to be done.
explain-review-rejected = Meta's review ended badly: the account cannot use the APIs. Appeal in Business Support Home.
explain-review-restricted = Meta restricted the account after its review. See Business Support Home.
explain-review-deferred = Meta put its review off and comes back to it later.
explain-name-status-approved = The display name is approved; people see it once the business is verified.
explain-name-status-available-without-review = The name may be used without a review.
explain-name-status-declined = Meta declined the name: people see the number instead. Choose another one that follows the guidelines.
explain-name-status-expired = The approval of the name has expired. Hand it in again.
explain-name-status-pending-review = Meta is reviewing the name. Messages leave meanwhile.
explain-name-status-none = There is no certificate for a name.
explain-template-status-approved = Approved: it can be sent.
explain-template-status-archived = Archived: it cannot be sent until it is taken out of the archive.
explain-template-status-deleted = Deleted, it can no longer be sent.
explain-template-status-disabled = Disabled for good after repeated low quality or a violation. Make a new one.
explain-template-status-in-appeal = The decision is being appealed; Meta answers.
explain-template-status-limit-exceeded = The account has more templates than allowed. Delete some.
explain-template-status-paused = Paused for low quality: 3 hours the first time, 6 hours the second, disabled the third. Edit it or wait.
explain-template-status-pending = Meta is reviewing it, usually for less than 24 hours.
explain-template-status-pending-deletion = It is being deleted.
explain-template-status-rejected = Meta's review ended badly; the reason stands beside it. Edit it and hand it in again, or appeal.
explain-restriction-restricted-biz-initiated-messaging = No templates, so no marketing, can be sent until it ends. Answers within 24 hours still work.
explain-restriction-restricted-customer-initiated-messaging = Customers cannot be answered until it ends.
explain-restriction-restricted-add-phone-number-action = No numbers can be added until it ends. Sending is not affected.
explain-restriction-restricted-utility-templates = No utility templates can be sent until it ends.
explain-restriction-restricted-direct-send-utility-templates = Utility templates cannot be sent directly until it ends.
explain-restriction-restricted-business-initiated-calling = The business cannot begin voice calls. Messages are not affected.
explain-restriction-restricted-user-initiated-calling = People cannot call the business. Messages are not affected.
explain-restriction-restricted-biz-initiated-and-user-initiated-calling = No voice calls either way. Messages are not affected.
explain-restriction-restricted-user-initiated-calling-call-button-hidden = The call button is hidden. Messages are not affected.
error-class-auth = Token
error-class-permission = Permission
error-class-not-found = Not found
error-class-request = Request
error-class-rate-limit = Limit of calls
error-class-restricted = Restricted by Meta
error-class-payment = Payment
error-class-verification = Business verification
error-class-calling = Voice calls only
error-class-setup = Setup
error-class-registration = Registration of a number
error-class-recipient = Recipient
error-class-recipient-limit = Limit of the recipient
error-class-opt-out = Opted out
error-class-experiment = Experiment of Meta's
error-class-template = Template
error-class-template-management = Managing templates
error-class-sync = Template still syncing
error-class-configuration = Setting of the account
error-class-insights = Template insights
error-class-flow = Flow
error-class-transient = Passes by itself
error-class-already-done = Already done
error-class-unknown = Not in the catalogue

## banners

banner-restricted-accounts = Restricted: { $names }
banner-restricted-more = Restricted: { $names } and { $count } more
banner-jump = jump to it
banner-cannot-dismiss = This stays until Meta lifts the restriction: upgrades of the affected portfolio are blocked meanwhile. Press { $key } to see the account.
banner-support = Support
banner-copy = copy details
banner-dismiss = dismiss
banner-nothing-to-dismiss = There is no error to dismiss.
banner-nothing-restricted = No account is restricted.
banner-nothing-failed = There is no upgrade error to copy.

## benefits

benefits-title = What optimized delivery brings
benefits-dynamic = Per-user limits become dynamic: instead of one cap for everybody, Meta weighs each message.
benefits-reach = Messages that are likely to be read or clicked reach more people. In India up to 9 % more are delivered than through Cloud API, according to Meta.
benefits-equal = Deliverability is equal or better. It is never 100 %.
benefits-region = It depends on where the business number and the recipient both are. In the EEA, the UK, Japan, South Korea, Nigeria and South Africa messages go through without optimization; recipients in the United States get no marketing at all.
benefits-same = Numbers, templates and tokens stay as they are. Upgrading means that a person with full control of the portfolio accepts Meta's terms.

## help

help-title = Keys
help-palette-title = Commands
help-palette-prompt = type a command
help-footer = ↑↓ scroll · esc close

## region

region-full = Full optimization
region-no-optimization = Goes through, without optimization and click metrics
region-limited = Limited: no click metrics, optimization may be off
region-not-deliverable = Meta has paused marketing messages to numbers of this country (131049)
region-sanctioned = Meta does not serve this country, because of sanctions
region-unknown = Country not known
region-business = From { $country }: { $effect }
region-recipients = Meta has paused marketing messages to numbers of the United States; in the EEA, the UK, Japan, South Korea, Nigeria and South Africa messages go without optimization.

## upgrade

upgrade-can = { $accounts ->
    [one] 1 account
   *[other] { $accounts } accounts
} in { $portfolios ->
    [one] 1 portfolio
   *[other] { $portfolios } portfolios
} can be upgraded.
upgrade-held = { $count ->
    [one] 1 account is kept back by a restriction.
   *[other] { $count } accounts are kept back by a restriction.
}
upgrade-all-on = All accounts are on. Nothing is left to upgrade.
upgrade-none-can = No account can be upgraded now; each account's details say why.

## hints of what lies on top

hint-filter = type to filter · ⏎ keep · esc clear
hint-read = ↑↓ scroll · esc close
hint-pick = type to narrow · ↑↓ choose · ⏎ take · esc cancel
hint-confirm = ⏎ yes · esc no
hint-upgrade-choose = ↑↓ choose · ⏎ open · esc close
hint-upgrade = ↑↓ choose · ⏎ start · esc back
hint-upgrade-unseen = ↑↓ read · ⏎ go to the ways · esc back
hint-upgrade-read = ↑↓ read · esc back
hint-upgrade-qr = esc back

## upgrade overlay

upgrade-waiting-count = { $count ->
    [one] 1 upgrade is waiting.
   *[other] { $count } upgrades are waiting.
}
upgrade-tally-done = { $done } of { $all } { $all ->
    [one] portfolio
   *[other] portfolios
} done
upgrade-tally-waiting = { $count } waiting
upgrade-tally-blocked = { $count } blocked
upgrade-tally-ready = { $count } to upgrade
upgrade-once-per-portfolio = Terms are accepted once per portfolio, by a person with full control.
upgrade-show-left = Left to upgrade ({ $count })
upgrade-show-ready = Can be upgraded now ({ $count })
upgrade-show-waiting = Waiting for somebody ({ $count })
upgrade-show-blocked = Something else first ({ $count })
upgrade-show-done = Done ({ $count })
upgrade-filter-hint = portfolio, id or account
upgrade-names-more = { $names } and { $count } more
upgrade-summary-more = … { $count } more { $count ->
    [one] line
   *[other] lines
}: ⏎ shows all
upgrade-none-there = No portfolio is in this group.
upgrade-none-ready = No portfolio can be upgraded now; what is left waits or needs something else first.
upgrade-gone = This portfolio is not seen any more.
upgrade-resumed = { $count ->
    [one] 1 upgrade from before is waiting; it is followed again.
   *[other] { $count } upgrades from before are waiting; they are followed again.
}
upgrade-not-kept = The upgrade goes on, but a restart will not know of it. { $why }
upgrade-is-sending = The invitation is being sent; wait for its answer.
upgrade-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
upgrade-abandon-title = Stop waiting?
upgrade-abandon-what = wabadeck no longer looks for this upgrade and forgets that it was begun. Nothing that was sent or accepted is taken back.
upgrade-abandon-invited = The admins keep the invitation; another one may then be sent from here.
upgrade-abandoned = No longer waiting for this upgrade.
upgrade-nothing-to-abandon = Nothing is waited for here.
upgrade-only-in-list = This works in the list of portfolios.
upgrade-only-on-page = This works on the page of a portfolio.
upgrade-state-ready = { $count ->
    [one] 1 account to upgrade
   *[other] { $count } accounts to upgrade
}
upgrade-state-waiting = waiting
upgrade-state-under-way = waiting · { $elapsed }
upgrade-state-blocked = blocked: restricted by Meta
upgrade-state-obstructed = something else first
upgrade-state-done = done
upgrade-covers = { $count ->
    [one] One acceptance turns on 1 account: { $names }
   *[other] One acceptance turns on { $count } accounts: { $names }
}
upgrade-would-cover = { $count ->
    [one] Once the restriction is lifted, one acceptance turns on 1 account: { $names }
   *[other] Once the restriction is lifted, one acceptance turns on { $count } accounts: { $names }
}
upgrade-terms = Terms: { $state }
upgrade-who = Who accepts: a person with full control of this portfolio, in Meta's own window. It is never an instant switch.
upgrade-already-on = Already on: { $names }
upgrade-blocked = This portfolio cannot be upgraded while Meta restricts one of its accounts. Nothing can be started here until then.
upgrade-nothing-covered = Nothing in this portfolio can be upgraded now; wabadeck upgrade --check says what stands in the way.
upgrade-portfolio-unknown = The portfolio of this account is not visible to the token, so the upgrade cannot be started from here. Its admin can do it in WhatsApp Manager.
upgrade-ways-title = How to start
upgrade-ways-again = Again, or another way
upgrade-ways-elsewhere = Where it is put right
upgrade-nothing-left = Nothing is left to upgrade in this portfolio.
upgrade-ways-loading = Looking for the ways to start…
upgrade-way-signup = Open embedded signup in the browser
upgrade-way-signup-again = Begin embedded signup anew, with a new address (asks first)
upgrade-way-manager-open = Open WhatsApp Manager, where the terms can be accepted too
upgrade-way-manager-again = Open WhatsApp Manager again
upgrade-way-manager-copy = Copy the link to WhatsApp Manager for the person with full control
upgrade-way-manager-qr = Show the link as a QR code for a colleague's phone
upgrade-way-invite = Send the partner invitation (Meta e-mails every admin until one answers; can be sent once; asks first)
upgrade-invite-title = Send the partner invitation?
upgrade-invite-mails = Meta e-mails every admin of this business and repeats it until one accepts or declines.
upgrade-invite-once = It may be sent once per business and cannot be taken back.
upgrade-invite-sandbox = This is the sandbox: nobody is really written to, and nothing leaves it.
upgrade-replace-title = Begin embedded signup?
upgrade-replace-what = It takes the place of what is waited for now.
upgrade-replace-kept = The page that was open before no longer counts; what somebody accepted already stays accepted.
upgrade-invited = The invitation is sent. An admin of the business answers it in Business settings.
upgrade-waits-for-answer = Waiting for a person with full control to accept the terms · { $elapsed }
upgrade-waits-for-admin = Invited. Waiting for an admin to answer in Business settings · { $elapsed }
upgrade-waits-for-sending = Sending the invitation · { $elapsed }
upgrade-waits-unanswered = The invitation got no answer: it may have arrived, is looked up and never sent again · { $elapsed }
upgrade-waits-for-meta = Accepted. Waiting for Meta to turn the accounts on · { $elapsed }
upgrade-checks = { $count ->
    [one] Checked once, last at { $time }
   *[other] Checked { $count } times, last at { $time }
}
upgrade-can-leave = esc leaves this window; the waiting goes on, also after a restart.
upgrade-can-leave-embedded = esc leaves this window and the waiting goes on, until you quit: this built-in sandbox is forgotten then, and every upgrade in it.
upgrade-no-browser = No browser could be opened here. Open this address yourself:
upgrade-page-ends = The page waits ten minutes at most, and only while this dashboard runs.
upgrade-ended-onboarded = Onboarded: optimized delivery is on for this portfolio.
upgrade-ended-waiting = Still waiting: the terms are not accepted yet, or Meta is not done. Refresh later; nothing is lost.
upgrade-token-kept = The token of this business is kept as profile { $profile } ({ $place }).
upgrade-copy-local = y copies the address. It opens in a browser on this machine, which warns of the certificate: wabadeck made it a moment ago. Go on past the warning.
upgrade-qr-too-small = The terminal is too small for the QR code. Make it larger, or copy the address.
upgrade-not-restricted = blocked while an account of this portfolio is restricted
upgrade-not-needed = nothing to upgrade
upgrade-not-configured = set app_id and signup_config_id in config.toml
upgrade-not-known = the portfolio is not known
upgrade-not-again = an invitation was sent already
upgrade-not-accepted = the terms are accepted already
upgrade-not-elsewhere = its address works on this machine only
upgrade-invited-before = Somebody has invited this business already. An admin answers in Business settings.

## what shows that it is on

proof-turned-on = On since { $when } ({ $ways })
proof-by-refresh = seen by a refresh
proof-by-webhook = told by a webhook
proof-by-user = done here
proof-first-seen = On already when first seen on { $when }
proof-told = A webhook told on { $when } that the terms are signed
proof-sent = A message from here went optimized on { $when }
proof-not-sent = No message from here has shown it yet: { $key } sends a test that never falls back.
proof-sharing = Meta receives delivery, read and click events by default. Switch that off in Business settings ({ $where }), or for a single message in the composer.
proof-templates = Templates need up to 10 minutes to sync, new ones and those that rested for a week.

## obstacles and remedies

obstacle-of = { $accounts }: { $what }
obstacle-restricted = restricted by Meta
obstacle-restricted-until = restricted by Meta until { $when }
obstacle-on-behalf-of = owned on behalf of another business
obstacle-business-app = a number is in use in the WhatsApp Business app
obstacle-country = the country is not supported
obstacle-ineligible = not eligible ({ $value })
obstacle-payment = terms accepted, a valid payment method is missing
obstacle-setup = terms accepted, Meta is still setting it up
obstacle-invited = an invitation has been sent already
obstacle-invited-since = an invitation was sent on { $when }
obstacle-accepted = terms accepted { $when }, not on yet
obstacle-no-number = no number on Cloud API to send from
obstacle-unknown = Meta sent a status that this version does not know ({ $value })
remedy-nothing = Nothing to do.
remedy-upgrade = Accept the terms with “Upgrade setting”.
remedy-payment = The business's admin adds a payment method in Billing.
remedy-wait = Wait for Meta.
remedy-appeal = The business's admin sees the reason and appeals in Business Support Home; Meta usually decides in 24 to 48 hours.
remedy-transfer = Transfer the ownership to the customer's portfolio, or send the partner invitation.
remedy-business-app = Move the number to Cloud API alone, then refresh.
remedy-country = Nothing can be done from here; messages go through Cloud API.
remedy-read-again = Refresh, or update wabadeck.
remedy-answer = An admin of the business answers it in Business settings.
remedy-look-in-manager = Meta turns them on by itself. If it takes more than a day, look in WhatsApp Manager.
remedy-number = Register a number on Cloud API.

## pickers and questions

picker-prompt = type to narrow
picker-none = Nothing matches.
confirm-yes = yes
confirm-no = no

## cli

cli-about = Optimized delivery for WhatsApp Business Accounts: which are on, why one is not, and which way a message goes. Without a command the dashboard opens; with nothing configured it opens on a sandbox. Run wabadeck login, or set WABADECK_TOKEN, to talk to Meta's Graph API.
cli-about-accounts = List every account that the token sees, worst first
cli-about-report = Make a report on one account for Support: no token, recipients masked
cli-about-account = Show everything known about one account
cli-about-explain = Say what an error code, a pasted error body or a pasted webhook means; works offline
cli-about-config = Say where configuration, log and data live, and what is talked to
cli-about-sandbox = Run a Graph API on this machine, with a demo fleet or a large invented one
cli-about-completions = Print a script that completes commands and options in a shell
cli-about-docs = Print a generated page of the documentation
cli-about-help = Show this help, or the help of a command
cli-heading-usage = Usage:
cli-heading-commands = Commands
cli-heading-arguments = Arguments
cli-heading-options = Options
cli-heading-everywhere = Options of every command
cli-heading-exit-codes = Exit codes
cli-after-help = Inside the dashboard ? shows every key.
cli-exit-done = done
cli-exit-failed = failed: Meta refused, the network did not carry it, or something was not found
cli-exit-usage = used wrongly: an argument, an environment variable or the configuration file
cli-exit-not-signed-in = not signed in: there is no token, or Meta does not accept it
cli-exit-outcome-unknown = outcome unknown: the message may or may not have been sent, and is not sent again
cli-exit-refused-by-rules = refused by the rules: the message cannot be sent as it is, and nothing was sent
cli-arg-config = Configuration file to read instead of the default one
cli-arg-graph-url = Address of the Graph API (default: Meta's; also WABADECK_GRAPH_URL)
cli-arg-api-version = Version of the Graph API (default: v26.0; also WABADECK_API_VERSION)
cli-arg-waba = Account that the token cannot list by itself; may be repeated
cli-arg-business = Business portfolio that the token cannot list by itself; may be repeated
cli-arg-sandbox = Use the embedded sandbox even when a token is set
cli-arg-lang = Language of the texts: en or fr (default: the system's; also WABADECK_LANG)
cli-arg-theme = Theme of the dashboard: dark or light (also WABADECK_THEME)
cli-arg-refresh = Seconds between refreshes of the dashboard; 0 means only by key
cli-arg-log-level = What goes to the log file: off, error, warn, info, debug or trace (also WABADECK_LOG)
cli-arg-help = Show help
cli-arg-version = Show the version
cli-arg-json = Print JSON instead of text
cli-arg-accounts-status = Only accounts with this status: on, actionable, needs-payment, waiting, restricted, blocked, unknown, or a status as Meta spells it; several with commas
cli-arg-accounts-filter = Only accounts that match: name, id, status, portfolio, country or number, fuzzily
cli-arg-accounts-sort = The order; attention means worst first
cli-arg-accounts-reverse = Turn the order around
cli-arg-report-account = The account's id, or its whole name
cli-arg-report-format = md for people, json for programs
cli-arg-report-output = Write to this file, for you alone, in place of standard output
cli-arg-report-show-recipients = Show the numbers of recipients as they are
cli-arg-account-account = The account's id, or its whole name
cli-arg-explain-what = A code (131049), a code with its subcode (100/33), or what was pasted; left out or “-”, standard input is read
cli-arg-config-default = Print the commented default configuration file
cli-arg-completions-shell = The shell
cli-arg-docs-page = The page
cli-arg-sandbox-port = Port on 127.0.0.1; 0 takes any free one
cli-arg-sandbox-accounts = Invent so many accounts instead of serving the demo fleet
cli-arg-sandbox-numbers = Phone numbers of each invented account
cli-arg-sandbox-seed = Seed of everything invented: the same seed gives the same fleet
cli-arg-sandbox-token = The token to accept; derived from the seed when left out
cli-arg-sandbox-upgrade = What accepting the terms leads to: succeed, fail, restricted or payment
cli-arg-sandbox-setup = Seconds of internal setup after the terms were accepted
cli-arg-sandbox-webhook-delay = Milliseconds before each status webhook of a message
cli-arg-sandbox-live = Let accounts change at random, the same for the same seed, and send the webhooks that belong to it; told to do one now by POST /sandbox/live with change=WORD and perhaps id=ID
cli-arg-sandbox-script = Let accounts change by a script instead. A line is a time after the line before, a change and perhaps an id, such as "5s restrict 102290129340398". Changes: restrict, reinstate, quality-down, quality-up, template-pause, template-unpause, template-recategorise, limit-raise, terms-sign, name-decline, name-approve, payment-fix
cli-arg-sandbox-speed = How many times faster than real time accounts change; restrictions last three days divided by it
cli-arg-sandbox-faults = Something that goes wrong, such as latency=50ms or status=503,path=phone_numbers,count=2; may be repeated
cli-about-preview = Show what a message looks like and which way it goes, before anything is sent
cli-about-send = Show the exact request of a message, or send it once
cli-arg-account = The account that sends: its id or name; may be left out when there is only one, or with the number
cli-arg-number = The number it is sent from: its id or digits (default: the account's first usable one)
cli-arg-template = The template, with its language where it has several: summer_sale/en
cli-arg-values = A value of a variable: 1=Ana, body.1=Ana, header:file=https://…; may be repeated
cli-arg-to = Who gets it: a number with its country code, or a business-scoped user id; may be repeated
cli-arg-recipients = File with one recipient a line; # begins a comment
cli-arg-draft = A draft that was exported from the composer; options given beside it go before it
cli-arg-cloud-api = Uncheck optimized delivery: send through Cloud API
cli-arg-optimized = Check optimized delivery, also where the account is not on (the default is checked exactly where it is on)
cli-arg-strict = Never fall back to Cloud API: Meta then refuses what cannot go optimized
cli-arg-preview-examples = Show the template's examples where values are missing
cli-arg-preview-template-file = Show the templates of a file (JSON as Meta reads or takes it; - is standard input) instead of an account's; nobody is asked
cli-arg-preview-desktop = Show it as WhatsApp on the web and on a desktop does, instead of a phone
cli-arg-preview-pictures = Fetch the files that the message carries, draw the pictures and say how large each file is
cli-arg-preview-width = Columns to draw for (default: those of the terminal)
cli-arg-send-dry-run = Send nothing; print the request, the token left out
cli-arg-send-curl = With --dry-run: print the request as a curl command
cli-arg-send-yes = Really send; without it nothing is ever sent
cli-arg-send-wait = Seconds to wait for the report that tells the actual path (a sandbox on this machine only)
cli-message-to = “{ $to }” cannot be written to: { $problem }
cli-message-no-to = Say who gets it: --to +49…
cli-message-recipients = The recipients in { $path } cannot be read ({ $reason }).
cli-message-too-many = At most { $most } people are written to at once. Split the list.
cli-message-account = Say which account sends, by its id or name: --account ID. Run “wabadeck accounts” for a list.
cli-message-number = The account has no number “{ $number }”. It has: { $known }.
cli-message-template = The account has no template “{ $template }”. It has: { $known }.
cli-message-no-template = Say which template: --template NAME, or for a preview --template-file FILE.
cli-template-file-unreadable = “{ $path }” cannot be read: { $reason }.
cli-template-file-large = “{ $path }” is larger than 4 MiB, which no template is.
cli-template-file-json = “{ $path }” is not JSON: { $reason }.
cli-template-file-none = No template is in “{ $path }”: nothing in it has “components” with texts. A request that sends a template does not hold it.
cli-template-file-other = The file has no template “{ $template }”.
cli-message-language = Say in which language: --template { $template }/LANG. There are: { $languages }.
cli-message-var-form = “{ $given }” is not NAME=VALUE.
cli-message-var = The template has no variable “{ $name }”. It has: { $known }.
cli-send-free = A message without a template answers one customer; it is sent from the composer of the dashboard (c), not by this command. Preview it with: wabadeck preview --draft FILE
cli-send-say-so = Nothing was sent. Say --yes to send the message, or --dry-run to see its request.
cli-send-accepted = Meta took it on ({ $status }): { $id }. Requested path: { $requested }; actual path: { $actual }.
cli-send-unknown = The outcome is unknown, so the message was not sent again. Find out whether it arrived before you run this once more.
cli-sandbox-embedded = This is the embedded sandbox: nothing in it is real. Run wabadeck login to see your own accounts.
cli-sandbox-elsewhere = { $url } is a sandbox: nothing in it is real. Run wabadeck login to see your own accounts.
cli-accounts-none-match = No account matches.
cli-status-unknown = “{ $value }” is not a status. Known are { $known }, and statuses as Meta spells them, such as ELIGIBLE.
cli-blind-spot = Some accounts could not be seen ({ $path }): { $problem }
cli-blind-spot-of = Some accounts could not be seen ({ $path }, { $of }): { $problem }
cli-account-not-found = The token sees no account “{ $account }”. Run “wabadeck accounts” for those it sees.
cli-account-ambiguous = Several accounts are called “{ $account }”: { $ids }. Name one by its id.
cli-account-may-be-missing = May be missing
cli-section-restriction = Restricted
cli-evidence-status = Its status says so: { $value }
cli-next-eligible = Open the dashboard (“wabadeck”) and choose “Upgrade setting”. One acceptance covers the whole portfolio.
cli-next-onboarded = See what a message looks like and which way it goes: “wabadeck preview --account { $id } --template NAME”.
cli-config-file = Configuration
cli-config-there = there
cli-config-not-there = not there, so the defaults hold
cli-config-log = Log
cli-config-data = Data
cli-config-history = History
cli-config-keep-days = { $count ->
    [one] kept for { $count } day
   *[other] kept for { $count } days
}
cli-config-graph = Graph API
cli-config-embedded = the embedded sandbox
cli-config-version = Version
cli-config-token = Token
cli-config-no-token = none
cli-config-language = Language
cli-broke =
    wabadeck broke at { $place }: { $words }
    That is a defect of wabadeck; its log has a line about it.
cli-explain-usage = Say which: “wabadeck explain 131049”, or pipe an error body or a webhook into “wabadeck explain”.
cli-explain-nothing = There is nothing in this that I know. Paste an error body, a batch answer, a webhook, a health status or an account's answer, or give a code (131049, 100/33) or a word of Meta's (RESTRICTED, FIRST_PAUSE).
cli-explain-account = account { $id }
cli-explain-meta = Meta's words: { $words }
cli-explain-family = Only the family of this code is documented, not the code itself.
cli-explain-who-us = Who acts: whoever runs the app, its token and its messages.
cli-explain-who-admin = Who acts: an admin of the business.
cli-explain-who-meta = Who acts: Meta.
cli-explain-who-recipient = Who acts: the recipient.
cli-explain-who-nobody = Who acts: nobody; it passes by waiting, or nothing can be done.
cli-explain-retry-never = Again: never.
cli-explain-retry-change = Again: after something was changed.
cli-explain-retry-after = Again: once, after { $wait } at the least.
cli-explain-retry-backoff = Again: after { $first }, then with pauses that grow to { $cap }. A send whose outcome is unknown is never repeated.
cli-duration-seconds = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}
cli-duration-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
cli-duration-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
cli-duration-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}

## composer

composer-route-optimized = Goes optimized
composer-route-cloud-api = Goes through Cloud API
composer-route-fallback = Will fall back to Cloud API
composer-route-refused = Cannot be sent
composer-forecast = { $route }, because { $reasons }.
composer-forecast-uncertain = { $route } (not certain), because { $reasons }.
composer-reason-template = the template is { $value }
composer-reason-account-restricted = the account is inactive or restricted by Meta
composer-reason-restriction = Meta restricts the account ({ $value })
composer-reason-restriction-until = Meta restricts the account until { $when } ({ $value })
composer-reason-health = Meta blocks messages ({ $value })
composer-reason-health-code = Meta blocks messages ({ $value }, code { $code })
composer-reason-number = the number is not usable ({ $value })
composer-reason-number-platform = the number is not on Cloud API
composer-reason-not-deliverable = Meta has paused marketing messages to numbers of { $value } since 1 April 2025 (131049)
composer-reason-sanctioned = nobody in { $value } may be written to (sanctions)
composer-reason-cloud-api-off = marketing through Cloud API is switched off for this account (131063)
composer-reason-max-price = the template's max price works only with optimized delivery (131061)
composer-reason-needs-phone = this message needs a phone number, not a user id (131062)
composer-reason-strict = “Never fall back” is checked and the account is not on
composer-reason-window = the customer last wrote more than 24 hours ago (131047)
composer-reason-onboarded = optimized delivery is on for this account
composer-reason-not-onboarded = optimized delivery is not on for this account ({ $value })
composer-reason-onboarding-not-reported = Meta did not report whether optimized delivery is on
composer-reason-onboarding-unknown = Meta sent a status that this version does not know ({ $value })
composer-reason-not-marketing = { $value } messages always go that way
composer-reason-not-selected = optimized delivery is not checked for this message
composer-step-template = Choose an approved template.
composer-step-template-paused = Choose another template, or wait until Meta ends the pause.
composer-step-template-pending = Choose another template, or wait for Meta's review.
composer-step-health = The account's details say what is wrong and who must act.
composer-step-number = Choose another number, or register this one on Cloud API.
composer-step-recipient = Choose another recipient, or reach this one through another channel.
composer-step-check-box = Check “Optimized Delivery”; if the account is not on, upgrade it first.
composer-step-strict = Uncheck “Never fall back” (on the Test tab “Prove optimized delivery”), or upgrade the account first.
composer-lost = Lost that way: { $parts }.
composer-lost-ttl = the time to live of { $value } (becomes 30 days)
composer-lost-gif = the GIF header
composer-lost-creative = creative optimization
composer-lost-max-price = the max price
composer-lost-activity = the choice about sharing activity
composer-note-no-optimization = It takes the optimized path, but Meta neither optimizes it nor counts clicks there ({ $side }: { $value }).
composer-note-limited = Clicks are not counted and a max price is not optimized ({ $side }: { $value }).
composer-note-sanctioned = Businesses there cannot be onboarded ({ $side }: { $value }).
composer-note-may-be-us = The number may belong to the United States: Meta has paused marketing messages to numbers there (131049).
composer-note-may-be-sanctioned = The number may belong to { $value }, where nobody may be written to.
composer-note-recipient-unknown = The recipient's number belongs to no country that is known.
composer-note-user-id = Sent to a user id, the message is not optimized.
composer-note-sync = The template may still be syncing; if sending fails with 134101, wait ten minutes.
composer-note-health = Meta limits messages ({ $value }).
composer-note-number = The number needs care ({ $value }).
composer-note-template-status = Meta sent a template status that this version does not know ({ $value }).
composer-note-category = Meta holds this for a template for { $value } messages and may change its category; the way would change with it.
composer-note-window = Whether the 24-hour window is open is not known.
composer-note-max-price = Meta may refuse a template with a max price instead of falling back (131061).
composer-side-business = business
composer-side-number = business number
composer-side-recipient = recipient
composer-area-crimea = Crimea
composer-area-donetsk = Donetsk
composer-area-luhansk = Luhansk
composer-country = { $code ->
    [AD] Andorra
    [AE] the United Arab Emirates
    [AF] Afghanistan
    [AG] Antigua and Barbuda
    [AI] Anguilla
    [AL] Albania
    [AM] Armenia
    [AO] Angola
    [AR] Argentina
    [AS] American Samoa
    [AT] Austria
    [AU] Australia
    [AW] Aruba
    [AX] Åland Islands
    [AZ] Azerbaijan
    [BA] Bosnia and Herzegovina
    [BB] Barbados
    [BD] Bangladesh
    [BE] Belgium
    [BF] Burkina Faso
    [BG] Bulgaria
    [BH] Bahrain
    [BI] Burundi
    [BJ] Benin
    [BL] St. Barthélemy
    [BM] Bermuda
    [BN] Brunei
    [BO] Bolivia
    [BQ] Caribbean Netherlands
    [BR] Brazil
    [BS] the Bahamas
    [BT] Bhutan
    [BW] Botswana
    [BY] Belarus
    [BZ] Belize
    [CA] Canada
    [CC] the Cocos (Keeling) Islands
    [CD] the Congo - Kinshasa
    [CF] the Central African Republic
    [CG] the Congo - Brazzaville
    [CH] Switzerland
    [CI] Côte d'Ivoire
    [CK] the Cook Islands
    [CL] Chile
    [CM] Cameroon
    [CN] China
    [CO] Colombia
    [CR] Costa Rica
    [CU] Cuba
    [CV] Cape Verde
    [CW] Curaçao
    [CX] Christmas Island
    [CY] Cyprus
    [CZ] Czechia
    [DE] Germany
    [DJ] Djibouti
    [DK] Denmark
    [DM] Dominica
    [DO] the Dominican Republic
    [DZ] Algeria
    [EC] Ecuador
    [EE] Estonia
    [EG] Egypt
    [EH] Western Sahara
    [ER] Eritrea
    [ES] Spain
    [ET] Ethiopia
    [FI] Finland
    [FJ] Fiji
    [FK] the Falkland Islands
    [FM] Micronesia
    [FO] the Faroe Islands
    [FR] France
    [GA] Gabon
    [GB] the United Kingdom
    [GD] Grenada
    [GE] Georgia
    [GF] French Guiana
    [GG] Guernsey
    [GH] Ghana
    [GI] Gibraltar
    [GL] Greenland
    [GM] the Gambia
    [GN] Guinea
    [GP] Guadeloupe
    [GQ] Equatorial Guinea
    [GR] Greece
    [GT] Guatemala
    [GU] Guam
    [GW] Guinea-Bissau
    [GY] Guyana
    [HK] Hong Kong
    [HN] Honduras
    [HR] Croatia
    [HT] Haiti
    [HU] Hungary
    [ID] Indonesia
    [IE] Ireland
    [IL] Israel
    [IM] Isle of Man
    [IN] India
    [IQ] Iraq
    [IR] Iran
    [IS] Iceland
    [IT] Italy
    [JE] Jersey
    [JM] Jamaica
    [JO] Jordan
    [JP] Japan
    [KE] Kenya
    [KG] Kyrgyzstan
    [KH] Cambodia
    [KI] Kiribati
    [KM] the Comoros
    [KN] St. Kitts and Nevis
    [KP] North Korea
    [KR] South Korea
    [KW] Kuwait
    [KY] the Cayman Islands
    [KZ] Kazakhstan
    [LA] Laos
    [LB] Lebanon
    [LC] St. Lucia
    [LI] Liechtenstein
    [LK] Sri Lanka
    [LR] Liberia
    [LS] Lesotho
    [LT] Lithuania
    [LU] Luxembourg
    [LV] Latvia
    [LY] Libya
    [MA] Morocco
    [MC] Monaco
    [MD] Moldova
    [ME] Montenegro
    [MF] St. Martin
    [MG] Madagascar
    [MH] the Marshall Islands
    [MK] North Macedonia
    [ML] Mali
    [MM] Myanmar
    [MN] Mongolia
    [MO] Macao
    [MP] the Northern Mariana Islands
    [MQ] Martinique
    [MR] Mauritania
    [MS] Montserrat
    [MT] Malta
    [MU] Mauritius
    [MV] the Maldives
    [MW] Malawi
    [MX] Mexico
    [MY] Malaysia
    [MZ] Mozambique
    [NA] Namibia
    [NC] New Caledonia
    [NE] Niger
    [NF] Norfolk Island
    [NG] Nigeria
    [NI] Nicaragua
    [NL] the Netherlands
    [NO] Norway
    [NP] Nepal
    [NR] Nauru
    [NU] Niue
    [NZ] New Zealand
    [OM] Oman
    [PA] Panama
    [PE] Peru
    [PF] French Polynesia
    [PG] Papua New Guinea
    [PH] the Philippines
    [PK] Pakistan
    [PL] Poland
    [PM] St. Pierre and Miquelon
    [PR] Puerto Rico
    [PS] Palestinian Territories
    [PT] Portugal
    [PW] Palau
    [PY] Paraguay
    [QA] Qatar
    [RE] Réunion
    [RO] Romania
    [RS] Serbia
    [RU] Russia
    [RW] Rwanda
    [SA] Saudi Arabia
    [SB] the Solomon Islands
    [SC] the Seychelles
    [SD] Sudan
    [SE] Sweden
    [SG] Singapore
    [SH] St. Helena
    [SI] Slovenia
    [SJ] Svalbard and Jan Mayen
    [SK] Slovakia
    [SL] Sierra Leone
    [SM] San Marino
    [SN] Senegal
    [SO] Somalia
    [SR] Suriname
    [SS] South Sudan
    [ST] São Tomé and Príncipe
    [SV] El Salvador
    [SX] Sint Maarten
    [SY] Syria
    [SZ] Eswatini
    [TC] the Turks and Caicos Islands
    [TD] Chad
    [TG] Togo
    [TH] Thailand
    [TJ] Tajikistan
    [TK] Tokelau
    [TL] Timor-Leste
    [TM] Turkmenistan
    [TN] Tunisia
    [TO] Tonga
    [TR] Türkiye
    [TT] Trinidad and Tobago
    [TV] Tuvalu
    [TW] Taiwan
    [TZ] Tanzania
    [UA] Ukraine
    [UG] Uganda
    [US] the United States
    [UY] Uruguay
    [UZ] Uzbekistan
    [VA] Vatican City
    [VC] St. Vincent and Grenadines
    [VE] Venezuela
    [VG] the British Virgin Islands
    [VI] the U.S. Virgin Islands
    [VN] Vietnam
    [VU] Vanuatu
    [WF] Wallis and Futuna
    [WS] Samoa
    [XK] Kosovo
    [YE] Yemen
    [YT] Mayotte
    [ZA] South Africa
    [ZM] Zambia
    [ZW] Zimbabwe
   *[other] { $code }
}
composer-kind-marketing = marketing
composer-kind-utility = utility
composer-kind-authentication = authentication
composer-kind-other = non-marketing
composer-kind-service = service
composer-kind-response = response
composer-category-marketing = Marketing
composer-category-utility = Utility
composer-category-authentication = Authentication
composer-category-service = Free service
composer-template-approved = approved
composer-template-archived = archived
composer-template-deleted = deleted
composer-template-disabled = disabled by Meta
composer-template-in-appeal = rejected, under appeal
composer-template-limit-exceeded = over the account's limit
composer-template-paused = paused by Meta
composer-template-pending = in review
composer-template-pending-deletion = being deleted
composer-template-rejected = rejected
composer-with-carousel = carousel
composer-with-offer = offer
composer-with-coupon = coupon
composer-with-location = place
composer-path-optimized = optimized
composer-path-cloud-api = Cloud API
composer-path-not-yet-known = not yet known
composer-path-none = not sent
composer-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
composer-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
composer-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
composer-seconds = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}
command-composer-fill-examples = fill examples
command-composer-fill-examples-help = Put the template's example into every field that is still empty.
command-composer-new = new message
command-composer-new-help = Begin another message from this account; what was typed and chosen for this one is gone.
command-composer-change-device = phone/desktop
command-composer-change-device-help = Show the message as a phone shows it, or as WhatsApp on the web and on a desktop does.
command-composer-pick-account = account
command-composer-pick-account-help = Choose the account that the message is sent from.
command-composer-toggle-pictures = pictures
command-composer-toggle-pictures-help = Draw pictures and say how large files are, or look at no file and show boxes.
command-composer-change-colours = bubble colours
command-composer-change-colours-help = Show the message in light or in dark colours.
command-composer-compare-languages = languages
command-composer-compare-languages-help = Put all languages of the template side by side.
command-composer-next-card = next card
command-composer-next-card-help = Show the next card of a carousel.
command-composer-previous-card = previous card
command-composer-previous-card-help = Show the previous card of a carousel.
composer-account = Account
composer-made-of = Message
composer-pick-kind = What is the message made of?
composer-made-of-template = Template
composer-made-of-text = Text
composer-made-of-image = Image
composer-made-of-video = Video
composer-made-of-document = Document
composer-made-of-replies = Quick replies
composer-made-of-link = Call to action
composer-made-of-list = List
composer-made-of-template-note = marketing, utility, authentication
composer-made-of-free = service or response
composer-free-window = Only within 24 hours of the customer's last message; after that Meta refuses it (131047).
composer-free-body = Text
composer-free-caption = Caption
composer-free-list-button = List button
composer-free-link-button = Button
composer-free-url = Address
composer-free-row = Row { $number }
composer-free-row-description = … description
composer-free-hint-body = text; alt-⏎ breaks the line
composer-free-hint-url = https://…
composer-option-removed-free = Service and response messages always go through Cloud API; optimized delivery is for marketing messages.
composer-pasted-lines = Line breaks and tabs became spaces: Meta refuses them in a value.
composer-number = Number
composer-template = Template
composer-pick-account = Send from which account?
composer-pick-number = Send from which number?
composer-pick-template = Which template?
composer-none = none
composer-loading = loading…
composer-templates-loading = Asking Meta for the templates of this account…
composer-templates-failed = The templates could not be read: { $reason } { $key } tries again.
composer-templates-stale = The templates could not be read again: { $reason } Shown is what was known before.
composer-no-templates = This account has no template. Make one in WhatsApp Manager, then refresh.
composer-no-number = This account has no number to send from.
composer-no-examples = There is no example for an empty field.
composer-no-cards = This template has no cards.
composer-no-colours = Without colours there is nothing to change.
composer-one-language = This template is there in one language only.
composer-nothing-to-forecast = Choose an account and a template; here it will say which way the message goes.
composer-nothing-to-preview = Choose a template to see the message here.
composer-nothing-to-send = Choose an account, a number and a template first.
composer-nothing-asked = This template asks for no values.
composer-forecast-unready = { $count ->
    [one] 1 value missing; then
   *[other] { $count } values missing; then
}
composer-tally = { $good } of { $count } values given
composer-fill-hint = { $key } fills the examples
composer-missing = missing
composer-optional = optional
composer-card = Card { $number }
composer-variable-header = Header { $name }
composer-variable-body = Body { $name }
composer-variable-file = File
composer-variable-file-name = File name
composer-variable-latitude = Latitude
composer-variable-longitude = Longitude
composer-variable-place = Place name
composer-variable-address = Address
composer-variable-catalog = Catalogue id
composer-variable-product = Product id
composer-variable-offer-ends = Offer ends
composer-variable-button-url = Button { $number } link
composer-variable-code = Coupon code
composer-variable-button-product = Button { $number } product
composer-variable-button-products = Button { $number } products
composer-variable-button-flow = Button { $number } flow token
composer-media-image = Image
composer-media-video = Video
composer-media-document = Document
composer-media-gif = GIF
composer-hint-text = text
composer-hint-url = end of the address
composer-hint-media = https address or media id
composer-hint-file-name = shown to the recipient
composer-hint-latitude = degrees north, e.g. 52.52
composer-hint-longitude = degrees east, e.g. 13.405
composer-hint-code = letters and digits
composer-hint-moment = your time, e.g. 2026-12-31 18:00
composer-hint-id = id
composer-hint-ids = ids, separated by commas
composer-value-missing = it is missing
composer-value-line-break = A value cannot hold a line break.
composer-value-tab = A value cannot hold a tab.
composer-value-spaces = A value cannot hold more than four spaces in a row.
composer-value-too-long = Too long: { $used } of { $max } characters.
composer-value-file = Give an https address, or the id of an uploaded file.
composer-value-address = Give a web address, for example https://example.com.
composer-value-degrees = Give degrees between -{ $max } and { $max }.
composer-value-moment = Give a moment in your time, for example 2026-12-31 18:00, or with its offset: 2026-12-31T18:00:00Z.
composer-value-past = This moment has passed.
composer-value-code = Letters, digits, - and _ only.
composer-value-formatting = This value changes how the text is formatted.
composer-value-encoded = Sent as { $value }
composer-value-moment-read = Ends { $when }, your time
composer-problem-account = Choose an account first.
composer-problem-recipient = Type the recipient's number on the Test tab first.
composer-problem-value = { $name }: { $problem }
composer-problem-too-long = { $name }: { $used } characters, { $max } are allowed.
composer-problem-order = An order goes along when this template is sent, and wabadeck sends no orders: send it from the system that keeps them.
composer-problem-unknown = The template has a part that this version cannot fill ({ $name }).
composer-cannot-resolve = The message can no longer be made: the account or its number is gone.
composer-phone-empty = Type a number.
composer-phone-not-a-number = This is not a phone number.
composer-phone-no-country = The country code is missing: write +49 171… instead of 0171….
composer-phone-too-short = Too short for an international number.
composer-phone-too-long = Too long for an international number.
composer-on-sending = On sending
composer-option-removed = This is a template for { $kind } messages. They always go through Cloud API; optimized delivery is for marketing messages.
composer-checked-on = Checked, because optimized delivery is on for this account.
composer-unchecked-by-hand = Unchecked for this message only. The next one has it checked again.
composer-unchecked-not-on = Unchecked, because optimized delivery is not on for this account. It can be checked all the same.
composer-checked-not-on = Checked for this message, although optimized delivery is not on for this account.
composer-never-fall-back = Never fall back
composer-strict-off = If optimized delivery is not available when it is sent, the message goes through Cloud API.
composer-strict-on = If optimized delivery is not available when it is sent, Meta refuses the message (STRICT).
composer-of-template = Of the template
composer-ttl = Time to live
composer-ttl-own = { $value } on optimized delivery; 30 days through Cloud API.
composer-ttl-kept = { $value }
composer-ttl-default = Meta's default.
composer-creative = Creative
composer-creative-on = Meta may alter it, on optimized delivery only.
composer-max-price = Max price
composer-max-price-on = Set; it holds on optimized delivery only.
composer-gif = GIF header
composer-gif-on = Moves on optimized delivery only.
composer-about-preview = About this preview
composer-fact-missing = Values are missing; they are marked. { $key } fills the template's examples.
composer-fact-missing-only = Examples stand where values are missing.
composer-fact-formatting = The value of { $name } changes how the text is formatted.
composer-fact-length = { $name }: { $used } of { $max } characters
composer-fact-fold = On optimized delivery a phone shows { $count } lines of the text; the rest stands behind “Read more”, dimmed here.
composer-fact-see-all = With more than three buttons WhatsApp shows two, the rest behind “See all options”.
composer-fact-desktop = WhatsApp on a desktop does not show this combination of buttons.
composer-fact-offer = WhatsApp on the web and on a desktop does not show the offer.
composer-fact-creative = Meta may alter image, text formatting or headline on optimized delivery.
composer-fact-united-states = Meta has paused marketing messages to numbers of the United States (131049). Say who gets it to see what holds for them.
composer-fact-gif = The header moves on optimized delivery only; through Cloud API it is lost.
composer-fact-written-by-meta = Meta writes this text, in the template's language. Here it stands in English.
composer-fact-one-tap = On Android the button hands the code over to your app; elsewhere it copies the code.
composer-fact-copy-label = There it says “{ $label }”.
composer-fact-zero-tap = On Android your app gets the code without a tap; elsewhere the button copies it.
composer-fact-languages = The template is there in { $count } languages; { $key } puts them side by side.
composer-look-narrower = There is room for { $here } of the { $there } columns that a line has there: lines break earlier here.
composer-device-phone = As on a phone · { $key } desktop
composer-device-desktop = As on a desktop · { $key } phone
composer-preview-more = { $count } more · { $key }
composer-hint-cards = cards
composer-hint-languages = languages
composer-hint-desktop = desktop
composer-hint-phone = phone
composer-hint-colours = colors
composer-last-draft = Last draft ({ $key }): { $draft }
composer-not-on-desktop = WhatsApp on the web and on a desktop does not show this message; it asks to open it on the phone.
composer-read-more = Read more
composer-part-header = Header
composer-part-offer = Offer
composer-part-body = Body
composer-part-footer = Footer
composer-part-call-permission = WhatsApp asks whether the business may call
composer-part-order = What is ordered, given on sending
composer-part-button-label = Button { $number }
composer-part-button-url = Button { $number } link
composer-see-all = See all options
composer-pager = { $range } of { $count }
composer-box-missing = { $what } is missing
composer-box-example = as in the template's example
composer-box-of-example = shown: the template's example
media-loading = looking at the file …
media-not-a-file = this is no address of a file
media-not-encrypted = not fetched: its address is not https
media-not-reached = its server could not be reached
media-too-slow = its server took too long
media-gone = there is no such file (any more)
media-refused = its server refused it (HTTP { $status })
media-too-large = larger than the 5 MB that Meta takes
media-too-large-by = { $size }: larger than the 5 MB that Meta takes
media-too-many-pixels = { $size } pixels: too many to draw here
media-not-a-picture = neither PNG nor JPEG
media-not-a-picture-but = neither PNG nor JPEG, but { $kind }
media-damaged = the file is damaged
media-on = Pictures are drawn, and files measured.
media-off = No file is looked at; boxes stand for them.
media-fact-on = { $key } shows boxes in place of pictures and looks at no file.
media-fact-off = No file is looked at; { $key } shows pictures and sizes.
composer-unknown-part = { $name } (not known to this version)
composer-place = Place
composer-product = Product
composer-offer-ends = Ends { $when } · { $left } left
composer-offer-ended = Ended { $when }
composer-button-reply = Reply
composer-button-link = Open link
composer-button-call = Call
composer-button-copy = Copy code
composer-button-flow = Open form
composer-button-products = View products
composer-button-list = Choose
composer-button-order = Review and pay
composer-button-other = Button
composer-recipient = To
composer-recipient-hint = +49 171 1234567
composer-recipient-help = One number with its country code, or a few separated by commas. Real people get this message.
composer-recipient-help-sandbox = One number with its country code, or a few separated by commas. In the sandbox nobody gets this message.
composer-recipient-region = { $number } · { $country }: { $effect }
composer-recipient-nowhere = { $number } belongs to no country that is known.
composer-recipient-user-id-plain = A user id in place of a number.
composer-recipient-user-id = A user id: nothing sent to one is optimized.
composer-send-button = Send test…
composer-sent-title = Sent lately
composer-no-reports = The status reports of a live account go to its own webhook, not here: the actual path stays “not yet known”.
composer-sent-none = Nothing yet.
composer-column-time = Time
composer-column-to = To
composer-column-requested = Requested
composer-column-actual = Actual
composer-column-status = Status
composer-stage-sending = sending…
composer-stage-accepted = accepted
composer-stage-held = held
composer-stage-paused = paused
composer-stage-sent = sent
composer-stage-delivered = delivered
composer-stage-read = read
composer-stage-failed = failed
composer-stage-refused = refused
composer-stage-unknown = unknown
composer-unknown-help = It may have been sent, or not. wabadeck never sends it again by itself. ⏎ asks whether you want to.
composer-fell-back = It was to go optimized and fell back to Cloud API.
composer-said-refused = Meta refused the test. The Test tab says why.
composer-said-unknown = No answer came to the test: it may have been sent, or not. See the Test tab.
composer-confirm-title = Send this test?
composer-confirm-from = From { $number }, account { $account }
composer-confirm-to = To { $recipient }
composer-confirm-what = Template { $template }, { $language }
composer-confirm-real = It reaches a real phone and may be billed.
composer-confirm-sandbox = This is the sandbox: no phone gets it, and nothing is billed.
composer-again-title = Send it again?
composer-again-unknown = No answer came to the message to { $recipient }; it may have been sent all the same.
composer-again-twice = If you send it again, it may arrive twice.
composer-request-copied = Copied the request as a curl command, without the token.

# --- checks before sending ---

preflight-title = Before sending
preflight-item-template = Template
preflight-item-sync = Sync
preflight-item-quality = Quality
preflight-item-standing = Account
preflight-item-number = Number
preflight-item-limit = Limit
preflight-item-payment = Payment
preflight-item-terms = Terms
preflight-item-permission = Token
preflight-item-recipients = Recipients
preflight-item-values = Variables
preflight-item-delivery = Delivery
preflight-approved = approved
preflight-window-open = the 24-hour window is open
preflight-synced = synced to its ad object
preflight-sync-not-needed = not needed through Cloud API
preflight-sync-not-reported = Meta does not say whether the template is synced
preflight-idle = { $count ->
    [one] last sent from here 1 day ago; the template may have to sync again
   *[other] last sent from here { $count } days ago; the template may have to sync again
}
preflight-standing = in good standing
preflight-number-ready = connected
preflight-paused-until = paused until { $when }, as Meta announced it
preflight-paused-latest = paused until { $when } at the latest: 3 hours the first time, 6 the second, then disabled
preflight-paused-unknown = until when is not known: nobody here saw the pause begin. It lasts 3 hours the first time, 6 the second; the third time the template is disabled
preflight-limit = { $most } people in 24 hours for the whole portfolio; { $reached } reached by this wabadeck; how many from elsewhere, Meta does not say
preflight-limit-none = no limit
preflight-limit-not-reported = Meta does not say what the limit is
preflight-payment-set = a payment method is set
preflight-payment-missing = the account waits for a valid payment method; Meta may refuse the message (131042)
preflight-payment-not-reported = Meta does not show whether a payment method is set
preflight-nothing-billed = answers inside the window are free
preflight-terms-signed = the terms of optimized delivery are signed
preflight-terms-unsigned = the terms of optimized delivery are not signed
preflight-terms-not-needed = not needed through Cloud API
preflight-may-send = may send messages
preflight-may-not-send = the token lacks whatsapp_business_messaging
preflight-permission-not-reported = Meta does not say what the token may do
preflight-no-recipient = nobody is chosen yet
preflight-recipients = { $count ->
    [one] 1 valid recipient
   *[other] { $count } valid recipients
}
preflight-values-none = the template asks for none
preflight-values = { $count ->
    [one] the value is there
   *[other] all { $count } values are there
}
preflight-and-more = { $first } (and { $count } more)
preflight-remedy-payment = Add a valid payment method in WhatsApp Manager.
preflight-remedy-idle = If sending fails with 134101, wait ten minutes and send again.
preflight-remedy-quality = Send to people who want it and make opting out easy; Meta pauses what many people block.
preflight-remedy-terms = { $key } shows how the terms are accepted.
preflight-remedy-permission = Sign in with a token that has whatsapp_business_messaging.
preflight-remedy-limit = Wait until people reached yesterday no longer count, or write to fewer.
preflight-summary-good = Nothing stands in the way.
preflight-summary-care = { $count ->
    [one] 1 thing wants care; nothing stands in the way.
   *[other] { $count } things want care; nothing stands in the way.
}
preflight-summary-bad = { $count ->
    [one] 1 thing stands in the way.
   *[other] { $count } things stand in the way.
}

# --- advanced settings, request, drafts ---

composer-advanced = Advanced
composer-activity-sharing = Activity sharing
composer-activity-default = as the account has it set
composer-activity-on = on, for this message
composer-activity-off = off, for this message
composer-activity-help = Whether Meta learns of deliveries, reads and clicks, by which it optimizes. ⏎ changes it.
composer-creative-account = Account's creative
composer-creative-in = on: { $names }
composer-creative-out = off: { $names }
composer-creative-unset = nothing is set; Meta's default holds.
composer-max-price-amount = { $amount } in the smallest unit of { $currency }, for 1,000 deliveries; on optimized delivery only.
composer-lost-now = ↘ lost the way this message goes
composer-lost-if = ↘ lost if the message falls back to Cloud API
composer-where = Where it works
composer-where-business = Business
composer-where-number = Business number
composer-where-recipient = Recipient
composer-where-nobody = Type recipients on the Test tab to see what happens in their countries.
composer-proof = Prove optimized delivery
composer-proof-on = The test goes out as STRICT: if Meta takes it on, it goes optimized; it never falls back.
composer-proof-off = The test goes out with the message's own settings and may fall back to Cloud API.
composer-unknown-earlier = No answer came to it in an earlier run. It may have arrived, or not; wabadeck never sends it again by itself.
composer-too-many = A test goes to at most { $most } people.
composer-confirm-category = Price category: { $category }
composer-confirm-category-unknown = Price category: not known before it is sent
composer-confirm-strict = Sent as STRICT: Meta refuses it rather than falling back.
composer-price-marketing_lite = marketing through optimized delivery (marketing_lite)
composer-price-marketing = marketing through Cloud API (marketing)
composer-price-utility = utility
composer-price-authentication = authentication
composer-price-service = service, free of charge
request-title = The request, exactly as it would be sent
request-as-json = JSON
request-as-curl = curl
request-copied = Copied, without the token.
hint-request = tab JSON or curl · y copy · ↑↓ scroll · esc close
preflight-all = { $key } shows every check.
draft-pick = Drafts
draft-from-file = From a file…
draft-taken-up = The draft is back. Nothing was sent by it.
draft-imported = Read from a file. Look everything through before you send it.
draft-no-account = The draft is for account { $account }, which this token does not see.
draft-no-template = The account has no template { $template }.
draft-exported = Written to { $path }
draft-import-title = Read a draft from a file
draft-import-help = A file that somebody exported. Reading it sends nothing.
draft-export-title = Hand the draft on as a file
draft-export-help = Account, template, values and settings; “wabadeck preview --draft FILE” shows it.
draft-with-recipients = Include the recipients' numbers (tab)
hint-path = ⏎ go on · esc close
hint-path-export = ⏎ write · tab recipients' numbers · esc close
draft-path-hint = path of the file
ago = { $unit ->
    [seconds] just now
    [minutes] { $count } min ago
    [hours] { $count } h ago
    [days] { $count ->
        [one] 1 day ago
       *[other] { $count } days ago
    }
    [months] { $count ->
        [one] 1 month ago
       *[other] { $count } months ago
    }
   *[years] { $count ->
        [one] 1 year ago
       *[other] { $count } years ago
    }
}

## sign in

cli-about-login = Sign in: check a token with Meta, say what it may do, and keep it in the best place this machine has
cli-about-logout = Sign out: remove the token and the app secret of a profile from every place that keeps them
cli-about-profiles = List the profiles: whom each talks to, where its token is kept, which is the default
cli-arg-profile = Profile to use, or to sign in to (default: default_profile of the configuration file; also WABADECK_PROFILE)
cli-arg-login-app-secret = Read the app's secret as well, on a second line; every call is then signed with it
cli-arg-login-stdin = Read from standard input, one secret a line, instead of asking at the terminal
cli-arg-login-no-check = Keep the token without asking Meta whether it works
login-prompt-token = Access token for { $host }, profile { $profile } (not shown):{" "}
login-prompt-app-secret = App secret for profile { $profile } (not shown):{" "}
login-not-the-sandbox = The embedded sandbox needs no sign-in. Leave --sandbox out.
login-stdin-is-terminal = --stdin reads from a pipe or a file, so that nothing is shown on the screen. Leave it out to be asked here.
login-interrupted = Interrupted: nothing was kept.
login-nothing = No token was given, so nothing was kept. Paste it at the prompt, or pipe it in.
login-unreadable = What was given could not be read ({ $reason }). Nothing was kept.
login-refused = { $reason } Nothing was kept.
login-not-checked = The token was not checked, as asked: nobody knows yet whether it works.
login-sandbox = It was a sandbox that answered: nothing in it is real.
login-accepted = The token works: { $kind } of the app “{ $app }”.
login-kind-system-user = system user token
login-kind-user = user token
login-kind-app = app token
login-kind-page = Page token
login-kind-other = token
login-expires = It expires on { $date }.
login-expires-never = It never expires.
login-data-access = Its access to data ends on { $date }; sign in again before then.
login-scopes = Permissions: { $scopes }
login-granted =
    { $count ->
        [0] It names no account it was granted for.
        [one] Granted for { $count } account by name.
       *[other] Granted for { $count } accounts by name.
    }
login-granted-all = Granted for all accounts of its owner.
login-lacks-management = { $scope } is missing: no account, number or template can be seen. Create a token with it.
login-lacks-messaging = { $scope } is missing: nothing can be sent, and some fields of the accounts stay hidden.
login-lacks-business = { $scope } is missing: portfolios cannot be listed. Name them with --business or business_ids.
login-what-token = Token
login-what-app-secret = App secret
login-place-secret-service = Secret Service
login-place-keychain = macOS keychain
login-place-credential-manager = Windows Credential Manager
login-place-kernel-keyring = kernel keyring
login-place-file = private file
login-stored = { $what } kept in: { $place }.
login-stored-kernel = It is gone after a restart; then sign in again.
login-stored-file = { $file } is readable by you alone, but it is not encrypted.
login-variable-wins = { $variable } is set and wins over what was kept. Unset it to use this sign-in.
logout-done = Signed out of profile { $profile }. Removed from: { $places }.
logout-nothing = Profile { $profile } had nothing to remove.
logout-variable = { $variable } still holds a secret for this shell. Unset it there.
profiles-name = profile
profiles-host = Graph API
profiles-version = version
profiles-token = token
profiles-marks = notes
profiles-sandbox = embedded sandbox
profiles-no-token = none
profiles-is-default = default
profiles-is-current = in use
profiles-has-app-secret = with app secret

## doctor

cli-about-doctor = Look at everything between the configuration and the accounts: what works, what does not, and the next step
doctor-ok = ok
doctor-warning = warning
doctor-failed = failed
doctor-check-settings = Settings
doctor-check-secrets = Sign-in
doctor-check-network = Network
doctor-check-tls = Encryption
doctor-check-clock = Clock
doctor-check-token = Token
doctor-check-permissions = Permissions
doctor-check-app = App
doctor-check-version = API version
doctor-check-discovery = Discovery
doctor-check-accounts = Accounts
doctor-check-limits = Limits
doctor-embedded = Nothing is configured, so this looks at the embedded sandbox. Nothing in it is real. Run wabadeck login to examine your own accounts.
doctor-settings-read = { $file } was read, profile { $profile }.
doctor-settings-absent = There is no { $file }; the defaults hold, profile { $profile }.
doctor-settings-warning = { $words }
doctor-settings-broken = { $words }
doctor-settings-broken-next = Correct it; wabadeck config shows where the file is.
doctor-settings-unfit = { $words }
doctor-settings-unfit-next = Correct what it names: the address of the Graph API (graph_url), or the token (wabadeck login).
doctor-folder-closed = Nothing can be written to { $folder } ({ $reason }), so history, drafts and log are not kept.
doctor-folder-closed-next = Allow it, or name another place with WABADECK_DATA_DIR and WABADECK_STATE_DIR.
doctor-token-from = The token comes from: { $place }.
doctor-token-none = There is no token.
doctor-token-none-next = Sign in with wabadeck login to look at real accounts.
doctor-token-lost = { $words }
doctor-no-session = { $words }
doctor-no-session-next = Sign in with wabadeck login.
doctor-connected = { $host } answers at { $address } ({ $milliseconds } ms).
doctor-proxied = { $host } is asked through the proxy { $proxy }, which the environment names.
doctor-name-unknown = The name { $host } leads nowhere ({ $reason }).
doctor-name-unknown-next = Check the network and the address of the Graph API.
doctor-not-connected = { $host } could not be reached ({ $reason }).
doctor-not-connected-next = Check the network, a firewall, and whether a proxy is needed (HTTPS_PROXY).
doctor-tls-works = The certificate was accepted ({ $milliseconds } ms to the answer).
doctor-plain-here = None, and none is needed: it is this machine ({ $milliseconds } ms to the answer).
doctor-plain-elsewhere = None: the token crosses the network in the open, as allow_plain_http allows.
doctor-plain-elsewhere-next = Use an address that starts with https://.
doctor-request-failed = The request failed.
doctor-request-failed-next = Open the address in a browser on this machine: a proxy, a firewall or a page to sign in may stand in between.
doctor-certificate-refused = The connection is not trusted.
doctor-certificate-refused-next = Where a proxy reads along, let this machine trust its certificate authority; otherwise use another network.
doctor-clock-right = Right to { $seconds } s.
doctor-clock-wrong = This machine's clock is { $seconds } s off Meta's.
doctor-clock-wrong-next = Set the clock; certificates and ends of tokens are judged by it.
doctor-clock-unknown = The server told no time to compare with.
doctor-token-works = Meta accepts it: { $kind }.
doctor-token-refused = Meta does not accept it. No account is to blame.
doctor-token-refused-next = Create a new token and sign in with wabadeck login.
doctor-token-unknown = Meta did not say what the token is.
doctor-token-unknown-next = What follows is looked at all the same; run wabadeck doctor again when what it names is repaired.
doctor-app-secret-wrong = The app secret is not that of the token's app.
doctor-app-secret-wrong-next = Copy it from App Dashboard, Settings, Basic, and sign in again with wabadeck login, or sign in without it.
doctor-token-never-expires = It never expires.
doctor-token-expires = It expires on { $date }.
doctor-token-expires-next = Create a new token before then; those of system users never expire.
doctor-data-access-ends = Its access to data ends on { $date }.
doctor-data-access-ends-next = Sign in to the app again before then.
doctor-permissions-complete = All that are needed.
doctor-lacks-management = { $scope } is missing: no account, number or template can be seen.
doctor-lacks-management-next = Create a token with it.
doctor-lacks-messaging = { $scope } is missing: nothing can be sent, and some fields stay hidden.
doctor-lacks-messaging-next = Create a token with it.
doctor-lacks-business = { $scope } is missing: portfolios cannot be listed.
doctor-lacks-business-next = Create a token with it, or name the portfolios with --business.
doctor-app-named = { $app } ({ $id }). Whether it is in development or live mode, only the App Dashboard tells.
doctor-version-current = { $version } is the newest.
doctor-version-until = { $version } is served until { $day }.
doctor-version-ends-soon = { $version } ends on { $day }.
doctor-version-ends-soon-next = Set a newer api_version before then.
doctor-version-ended = { $version } ended on { $day }; Meta answers with a newer one and what that changed.
doctor-version-ended-next = Set a newer api_version.
doctor-version-unknown = { $version } is in no table of ours.
doctor-version-unknown-next = Check api_version for a slip.
doctor-fields-dropped = This version does not have: { $fields }. These stay empty.
doctor-fields-dropped-next = Set a newer api_version if one of them matters.
doctor-way-found =
    { $count ->
        [0] { $way }: none found.
        [one] { $way }: { $count } account found.
       *[other] { $way }: { $count } accounts found.
    }
doctor-way-granted-for-all = { $way }: the token was granted for all accounts and names none; the other ways list them.
doctor-way-no-portfolio = { $way }: no portfolio is known that could be asked.
doctor-way-no-portfolio-next = Name the portfolio with --business or business_ids.
doctor-way-failed = { $way } ({ $whose }): not everything could be seen.
doctor-way-failed-next = Give the token what the message names, or name what is missing with --waba or --business.
doctor-nothing-loaded = No account could be loaded.
doctor-nothing-loaded-next = Repair what the message names, or try again in some minutes.
doctor-no-accounts = The token works, but sees no account.
doctor-no-accounts-next = Assign accounts to it in Business Settings, or name them with --waba or --business.
doctor-accounts-fine =
    { $count ->
        [one] { $count } account, not restricted.
       *[other] { $count } accounts, none restricted.
    }
doctor-accounts-restricted = The token is fine; Meta restricts { $restricted } of { $count } accounts: { $names }.
doctor-accounts-restricted-next = wabadeck account NAME says why, and who can lift it.
doctor-limits-untold = Meta has told nothing of its limits, as it does while little is used.
doctor-limits-used = At most { $percent } % used ({ $whose }).
doctor-limits-used-next = Refresh less often until it has gone down.
doctor-limits-resting = { $whose } rests until { $time }.
doctor-limits-resting-next = Wait until then; asking meanwhile makes it longer.
doctor-verdict-well = Everything that is needed works.
doctor-verdict-settings = Repair the settings first.
doctor-verdict-network = Repair the way to the Graph API first: nothing can be said about the token.
doctor-verdict-token = The token is broken; the accounts are not to blame.
doctor-verdict-permissions = The token works, but may not do what is needed.
doctor-verdict-accounts = The token works; it is accounts that Meta restricts.

## signing in on the screen

command-session-sign-in = sign in
command-session-sign-in-help = Leave the sandbox: sign in to Meta with a token.
command-profile-switch = profiles
command-profile-switch-help = Change to another profile.
sandbox-line = Sandbox: nothing here is real, and nobody is written to. { $key } signs in to Meta.
sandbox-line-short = Nothing here is real. { $key } signs in to Meta.
sign-in-title = Sign in to Meta
sign-in-explained = Paste the token of a system user with whatsapp_business_management, whatsapp_business_messaging and business_management (Business settings, System users).
sign-in-kept = Enter asks Meta what the token is good for, then keeps it in this machine's secret store.
sign-in-checking = Asking Meta what the token is good for…
sign-in-token = Token
sign-in-app-secret = App secret
sign-in-profile = Profile
sign-in-paste = paste it here; it stays hidden
sign-in-optional = optional
sign-in-already = Already signed in. To use another token, change the profile or run wabadeck login.
sign-in-done = Signed in as { $profile }; the token is kept in: { $place }.
hint-sign-in = ⏎ sign in · tab next field · esc cancel
profiles-title = Profiles
profiles-switching = Changing to { $name }…
profiles-switched = Now on profile { $name }.
profiles-still-sending = A message is still on its way; wait for its answer.

## the upgrade without a screen

cli-about-upgrade = Say what can be upgraded to optimized delivery and what stands in the way; link, invite, or wait until it took
cli-exit-still-waiting = still waiting: the upgrade is not done yet, or what --until asks for does not hold, and nothing went wrong
cli-arg-upgrade-portfolio = The portfolio: its id or whole name; may be left out when only one has something to upgrade
cli-arg-upgrade-abandon = Stop waiting for an upgrade that was begun, and forget it; nothing that was sent is taken back
cli-upgrade-under-way = Begun { $when } ({ $by }): { $stage }
cli-upgrade-by-signup = embedded signup
cli-upgrade-by-manager = WhatsApp Manager
cli-upgrade-by-invitation = invitation
cli-upgrade-stage-unanswered = it got no answer, may have arrived, and is not sent again
cli-upgrade-stage-waiting = waiting for a person to accept
cli-upgrade-stage-accepted = accepted, waiting for Meta
cli-arg-sandbox-portfolios = Spread the invented accounts over so many portfolios
cli-arg-upgrade-check = List for each portfolio what one acceptance covers and every obstacle with its remedy (the default)
cli-arg-upgrade-signup = Start embedded signup: print the address of the signup page and wait until the accounts are on
cli-arg-upgrade-open = Open the signup page in the browser, too
cli-arg-upgrade-link = Print the link to WhatsApp Manager for the person with full control; in a terminal its QR code as well
cli-arg-upgrade-invite = Send the partner invitation: Meta e-mails every admin of the business, and it can be sent once
cli-arg-upgrade-wait = Wait until the accounts are on; progress goes to standard error
cli-arg-upgrade-qr = Print the QR code into a file or a pipe, too
cli-arg-upgrade-yes = Really invite; without it nobody is written to
cli-arg-upgrade-timeout = Seconds to wait at most
cli-upgrade-invite-say-so = The invitation e-mails every admin of the business, repeatedly until one answers, and can be sent once. Add --yes to send it.
cli-upgrade-invite-unknown = Nobody knows whether the invitation was sent, so it is not sent again. Look at the portfolio with wabadeck upgrade --check in a few minutes.
cli-upgrade-unknown = No portfolio has the id or the name { $name }. wabadeck upgrade --check lists them.
cli-upgrade-several = Several portfolios fit; name one of them: { $names }
cli-upgrade-no-link = There is no page to link to for this portfolio.
cli-upgrade-signup-open = Open the address in a browser on this machine. It warns of the certificate, which wabadeck made a moment ago: go on past the warning. The page waits for 10 minutes.
cli-upgrade-not-opened = The browser could not be opened ({ $reason }). Open the address by hand.
cli-upgrade-progress = { $on } of { $count } on · { $elapsed }
cli-upgrade-left = { $count ->
    [0] Nothing is left to upgrade now.
    [one] Left to upgrade: 1 account. Portfolios that can start: { $portfolios }.
   *[other] Left to upgrade: { $count } accounts. Portfolios that can start: { $portfolios }.
}

## results

results-title = Results by method
results-optimized = optimized
results-cloud-api = Cloud API
results-utility = utility
results-authentication = authentication
results-authentication-international = authentication, international
results-service = service
results-referral = from free entry points
results-percent = { $percent } %
results-percent-of = { $percent } % { $whole }
results-of-marketing = of marketing
results-of-sent = of sent
results-of-delivered = of delivered
results-columns = { $days ->
    [one] Each column is a day: { $from } to { $to }.
   *[other] Each column is { $days } days: { $from } to { $to }.
}
results-sent = sent
results-delivered = delivered
results-read = read
results-clicked = clicked
results-not-delivered = not delivered
results-no-marketing = No marketing message was delivered in this time.
results-failures = Failures, as far as they are known here
results-code-unknown = This code is not in the catalogue.
results-caveats = What the numbers do not say
results-caveat-approximate = Meta calls all of its counts approximate.
results-caveat-receipts = Recipients can switch read receipts off: more was read than is counted.
results-caveat-seven-days = Reads and clicks count for seven days after sending; clicks only for marketing and utility.
results-caveat-no-clicks = In the region of this business there are no click metrics, and delivery is not optimized.
results-caveat-cost = The cost is withheld: a partner pays for this account.
results-caveat-failures = Failures are known only of messages that were sent from this machine; Meta counts them nowhere.
results-period = { $count ->
    [one] last day
   *[other] last { $count } days
}
results-loading = Asking Meta for its counts…
results-share = { $percent } % of marketing went optimized.
results-by-day = sent by day
results-languages = { $count ->
    [one] { $count } language
   *[other] { $count } languages
}
results-pick = Results of which template?
results-templates-hint = { $count ->
    [one] { $key } shows the marketing template: sent, delivered, read, clicked by method.
   *[other] { $key } shows one of { $count } marketing templates: sent, delivered, read, clicked by method.
}
results-no-templates = There is no marketing template to choose.
results-insights-off = { $key } switches them on. That cannot be undone, so it asks first.
results-nothing-to-enable = Choose a template first: Meta then tells whether its insights are off.
results-enable-title = Switch template insights on?
results-enable-what = Meta begins to count what becomes of the templates of { $account }.
results-enable-for-good = This cannot be undone: Meta has no way to switch them off again.
results-enabled = Template insights are on. The first numbers take a while to come.
results-export-none = Nobody failed with 131049 or 131050 in this time, as far as it is known here.
results-exported = Written, for you alone, and copied: { $files }
results-not-exported = The recipients could not be written ({ $reason }). `wabadeck results export` writes to a place that you name.
cli-about-results = Show what became of messages by the way they took, or export who has to be reached otherwise
cli-about-results-export = Export the recipients that failed for a reason, as CSV
cli-arg-results-account = The account: its id or its name
cli-arg-results-template = One template, all its languages together: sent, delivered, read and clicked by method
cli-arg-results-days = So many days back; 90 at most for a template, 365 without
cli-arg-results-since = From this day on, such as 2026-11-01
cli-arg-results-json = Print JSON
cli-arg-results-csv = Print CSV, a row for each day
cli-arg-results-enable-insights = Switch template insights on first; this cannot be undone, so --yes has to be said as well
cli-arg-results-yes = Really switch them on
cli-arg-results-export-reason = wait (131049: another channel, or not before 24 hours have passed) or never (131050: wants no marketing)
cli-arg-results-export-account = Only recipients of this account, by id
cli-arg-results-export-days = So many days back
cli-arg-results-export-output = Write a new file that only you can read; it must not be there yet
cli-results-too-far = Meta keeps what became of templates for { $days } days; ask for fewer.
cli-results-ask = Template insights of { $account } are off. Switching them on cannot be undone; nothing else changes. Say --enable-insights --yes to do it.
cli-results-enabled = Template insights of { $account } are on now. The first numbers take a while to come.
cli-results-how-to-enable = `wabadeck results … --enable-insights` tells what switching them on means.
cli-results-no-template = This account has no template named “{ $template }”.
cli-results-not-written = { $file } was not written ({ $reason }). Name a new file in a place that you can write to.
cli-results-written = { $count ->
    [one] { $count } recipient
   *[other] { $count } recipients
} written to { $file }, which only you can read.

## activity

activity-title = Activity
activity-filter-hint = words, names, ids, values
activity-all-accounts = all accounts
activity-all-kinds = all kinds
activity-period-everything = all time
activity-period-day = last 24 hours
activity-period-week = last 7 days
activity-period-month = last 30 days
activity-pick-account = Changes of which account?
activity-pick-kind = Which kind of change?
activity-pick-period = How far back?
activity-loading = Reading the history…
activity-none = Nothing has changed since wabadeck first looked. Every refresh is compared with the one before; what differs shows here.
activity-none-match = Nothing in the history matches. Esc goes back; the keys above widen the choice.
activity-no-event = There is no event to choose.
activity-account-gone = { $id } is not among the accounts that this token sees.
activity-today = Today
activity-yesterday = Yesterday
activity-days-ago = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
ago-now = now
ago-minutes = { $count } min
ago-hours = { $count } h
ago-days = { $count } d
ago-months = { $count } mo
ago-years = { $count } y
news-since = Since you were last here ({ $when }):
store-corrupt = The history in { $path } is damaged ({ $reason }). Move the file away to begin a new one; everything else works without it.
store-file-in-the-way = The history cannot be kept in { $path }: { $found } is a file where a directory is needed. Move it away, or choose another directory with WABADECK_DATA_DIR; everything else works without it.
store-directory-in-the-way = The history cannot be kept in { $path }: a directory stands where the file should be. Move it away, or choose another directory with WABADECK_DATA_DIR; everything else works without it.
store-read-only = The history in { $path } cannot be written ({ $reason }). Check who owns the file and its directory, and whether they can be written at all; everything else works without it.
store-full = The history could not be written because the disk is full. Make room; everything else works without it.
store-newer = The history was written by a newer wabadeck (schema { $version }). Update wabadeck, or set WABADECK_DATA_DIR to another directory.
store-busy = The history is kept busy by another process. Try again, or end the other one.
store-other = The history could not be used ({ $reason }). Everything else works without it.
news-since-short = News ({ $when }):
news-open = activity
news-restricted = restricted
news-disabled = disabled
news-blocked = blocked or limited
news-access-lost = access lost
news-violation = policy violation
news-offboarded = no longer optimized
news-ineligible = cannot be upgraded
news-payment-needed = payment needed
news-number-down = number in trouble
news-quality-down = quality fell
news-limit-down = limit fell
news-template-disabled = template disabled
news-template-paused = template paused
news-template-rejected = template rejected
news-template-quality-down = template quality fell
news-template-category = template category
news-name-declined = name declined
news-alert = alert by Meta
news-message-failed = message failed
news-account-gone = account gone
news-number-gone = number gone
news-onboarded = optimized delivery on
news-reinstated = restriction ended
news-access-given = access given
news-terms-signed = terms signed
news-unblocked = can send again
news-number-up = number works again
news-quality-up = quality rose
news-limit-up = limit rose
news-template-approved = template approved
news-template-quality-up = template quality rose
news-account-new = new account
news-number-new = new number
news-template-changed = template changed
news-changed = changed
event-was = was { $value }
event-until = until { $when }
event-ended = ended
event-no-end = no end named
event-source-refresh = seen by comparing
event-source-webhook = told by Meta
event-source-user = done here
event-kind-account-appeared = new account
event-kind-account-disappeared = account gone
event-kind-onboarding = optimized delivery
event-kind-terms = portfolio's terms
event-kind-review = account review
event-kind-verification = business verification
event-kind-status = account status
event-kind-ownership = ownership
event-kind-restriction = restriction
event-kind-disabling = disabling
event-kind-violation = violation
event-kind-health = can send
event-kind-number-added = new number
event-kind-number-removed = number gone
event-kind-number-status = number status
event-kind-number-quality = number quality
event-kind-number-name = display name
event-kind-throughput = throughput
event-kind-limit = messaging limit
event-kind-template-status = template status
event-kind-template-quality = template quality
event-kind-template-category = template category
event-kind-template-content = template content
event-kind-payment = payment method
event-kind-partner = partner
event-kind-alert = alert
event-kind-capability = capability
event-kind-security = two-step verification
event-kind-user-preference = customer's choice
event-kind-payment-configuration = payments in chats
event-kind-business-app = WhatsApp Business app
event-kind-message-failed = failed message

## history

cli-arg-live = Use the embedded sandbox, with accounts that change by themselves
webhooks-one = Meta reports a change of { $name }
webhooks-several = Meta reports changes of { $count } accounts
webhooks-port-closed = { $address } could not be opened for webhooks ({ $reason }). Choose another port with --port, or with webhook_port for the dashboard.
webhooks-no-secret = Webhooks are not received: the app's secret is not known, so nobody could tell Meta's from invented ones. Set WABADECK_APP_SECRET, or keep it by signing in again.
cli-about-listen = Take webhooks from Meta, keep each before it is acknowledged, print what it tells and feed open dashboards
cli-arg-listen-port = Port to listen on; 0 takes any free one
cli-arg-listen-address = Address to listen on (default: this machine only, for a reverse proxy that speaks HTTPS)
cli-arg-verify-token = Verify token, as it stands in Meta's form (default: one that is made once and kept)
cli-arg-listen-insecure-unsigned = Believe webhooks without a signature: anybody who can reach the port can invent them
cli-arg-listen-json = Print one JSON object per line
cli-listen-ready = Listening for webhooks on http://{ $address } (GET /health says whether they can be kept)
cli-listen-unsigned = No signature is checked: anybody who can reach this port can invent events.
cli-listen-no-secret = The app's secret is not known, so nobody could tell Meta's webhooks from invented ones. Set WABADECK_APP_SECRET, or keep it with: wabadeck login. To believe everybody all the same, add --insecure-unsigned.
cli-listen-new-token = A verify token was made and kept. Meta's form asks for it: { $token }
cli-about-subscribe = Have Meta send the webhooks of accounts to an address, check it, and say what is missing
cli-arg-subscribe-accounts = Accounts, by id
cli-arg-subscribe-all = Every account that the token sees
cli-arg-subscribe-callback = Address for these accounts' webhooks instead of the app's own; Meta asks for https
cli-arg-subscribe-app = Make --callback the address of the app itself, for every account that has none of its own
cli-arg-subscribe-check = Change nothing, only say how it stands and whether the address answers Meta's verification
cli-arg-subscribe-remove = End the subscription of these accounts
cli-arg-subscribe-json = Print JSON
cli-subscribe-which = Name accounts by id, or --all for every account that the token sees.
cli-subscribe-app-unknown = What the app itself is subscribed to cannot be read: that takes the app's secret (WABADECK_APP_SECRET).
cli-subscribe-app-none = The app is subscribed to nothing for WhatsApp. Give it an address: wabadeck subscribe --app --callback URL
cli-subscribe-app = The app's webhooks go to { $url }
cli-subscribe-app-inactive = The app's webhooks would go to { $url }, but Meta has switched them off. Subscribe it anew with --app.
cli-subscribe-fields = The app is not subscribed to: { $fields }. Subscribe it anew with --app, or in the App Dashboard.
cli-subscribe-answered = { $url } answers Meta's verification
cli-subscribe-refused = { $url } refuses Meta's verification (HTTP { $status }). Does it expect another verify token?
cli-subscribe-different = { $url } answers, but not with the challenge. Is it the address of a receiver?
cli-subscribe-unreachable = { $url } cannot be reached from this machine ({ $reason })
cli-subscribe-subscribed = { $account } is subscribed
cli-subscribe-own-address = { $account } is subscribed, with an address of its own: { $url }
cli-subscribe-not = { $account } is not subscribed by this app ({ $count ->
    [0] no other app either
    [one] one other app is
   *[other] { $count } other apps are
})
cli-about-watch = Look again and again without a screen, keep what changed and print it; ends by condition, time or signal
cli-about-timeline = List the changes that were kept, the newest first
cli-arg-watch-json = Print one JSON object per line
cli-arg-watch-interval = Seconds between looks, at least 15
cli-arg-watch-on = Tell only these events, such as restricted,onboarded,quality-down,template-paused, or kinds such as template-status; `wabadeck timeline --json` shows the names
cli-arg-watch-templates = Read the templates as well, one request more for each account; goes by itself with events of templates
cli-arg-watch-bell = Ring the terminal's bell for each change that is told
cli-arg-watch-exec = Run this command for each change that is told: the event is in WABADECK_EVENT… and, as JSON, on its standard input; no shell is involved, at most four run at once
cli-arg-watch-exec-timeout = Seconds that a command may take before it is ended
cli-arg-watch-once = Look once, tell what was kept since the last --once or --resume, and end: for cron
cli-arg-watch-resume = Begin with what was kept since the last --once or --resume, so that a restart misses nothing
cli-arg-watch-until = End with exit code 0 once every watched account has this onboarding status, such as onboarded
cli-arg-watch-account = Watch only these accounts, by id
cli-arg-watch-timeout = End after so many seconds; with --until that means exit code 6
cli-arg-timeline-json = Print one JSON object per line
cli-arg-timeline-account = Only changes of this account, by id
cli-arg-timeline-kind = Only changes of this kind, such as onboarding or number-quality
cli-arg-timeline-text = Only changes that hold this text
cli-arg-timeline-days = So many days back
cli-watch-unknown-event = “{ $name }” is no event. There are { $known }; and the kinds of `wabadeck timeline --json`.
cli-watch-unknown-status = --until takes one of { $known }.
cli-watch-bad-command = --exec needs a command: a program and its arguments, with every quote closed.
cli-watch-stretched = Looking every { $every } s instead of every { $wished } s: more often would use up the calls that Meta allows for these accounts.
cli-watch-as-wished = Looking every { $wished } s again.
cli-watch-timed-out = The time is over, and the condition does not hold.
cli-timeline-empty = No change was kept in this time.
profiles-token-missing = no token
