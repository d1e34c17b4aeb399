//! Meta's counts of what was sent and what became of it (Meta: analytics): volumes by category, and templates by the way
//! they took.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::{Call, Client, GraphError, fields::OLD_PRODUCT_TYPE, page::Cursors, wire::lenient};
use crate::domain::{
    TemplateId, WabaId,
    delivery::PricingCategory,
    results::{Counts, DayCounts, Method, Period, Volume},
};

/// Templates that Meta counts in one call.
pub const MOST_TEMPLATES: usize = 10;

/// Pages of one answer that are followed; 90 days of 10 templates fit into far fewer.
const MOST_PAGES: usize = 50;

#[derive(Deserialize)]
struct WireAnalytics {
    #[serde(default, deserialize_with = "lenient::object")]
    pricing_analytics: Option<WireSets>,
}

#[derive(Deserialize)]
struct WireSets {
    #[serde(default, deserialize_with = "lenient::list")]
    data: Vec<WireSet>,
    #[serde(default, deserialize_with = "lenient::object")]
    paging: Option<WirePaging>,
}

#[derive(Deserialize)]
struct WireSet {
    #[serde(default, deserialize_with = "lenient::list")]
    data_points: Vec<WirePoint>,
}

#[derive(Deserialize)]
struct WirePaging {
    #[serde(default, deserialize_with = "lenient::object")]
    cursors: Option<WireCursors>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    next: Option<String>,
}

#[derive(Deserialize)]
struct WireCursors {
    #[serde(default, deserialize_with = "lenient::scalar")]
    after: Option<String>,
}

#[derive(Deserialize)]
struct WirePoint {
    #[serde(default, deserialize_with = "lenient::scalar")]
    start: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    pricing_category: Option<String>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    volume: Option<i64>,
    // A template's point holds a list here.
    #[serde(default, deserialize_with = "lenient::scalar")]
    cost: Option<String>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    sent: Option<i64>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    delivered: Option<i64>,
    #[serde(default, deserialize_with = "lenient::scalar")]
    read: Option<i64>,
    #[serde(default)]
    clicked: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct WireClick {
    #[serde(default, deserialize_with = "lenient::scalar")]
    count: Option<i64>,
}

impl WirePoint {
    fn into_volume(self) -> Option<Volume> {
        Some(Volume {
            day: self.start?,
            category: category(&self.pricing_category.unwrap_or_default()),
            messages: u64::try_from(self.volume?).ok()?,
            cost: self.cost.and_then(|cost| cost.parse().ok()),
        })
    }

    fn into_day(self) -> Option<DayCounts> {
        let count = |number: Option<i64>| number.and_then(|number| u64::try_from(number).ok());
        let clicked = self.clicked.and_then(|clicked| match clicked {
            serde_json::Value::Array(clicks) => {
                let counts = clicks.into_iter().filter_map(|click| serde_json::from_value::<WireClick>(click).ok());
                Some(counts.filter_map(|click| count(click.count)).sum())
            }
            other => other.as_u64(),
        });
        let counts = Counts { sent: count(self.sent), delivered: count(self.delivered), read: count(self.read), clicked };
        Some(DayCounts { day: self.start?, counts })
    }
}

/// Analytics write `AUTHENTICATION_INTERNATIONAL` where webhooks write a hyphen.
fn category(sent: &str) -> PricingCategory {
    let hyphenated = PricingCategory::from_wire(&sent.replace('_', "-"));
    if hyphenated.is_known() { hyphenated } else { PricingCategory::from_wire(sent) }
}

/// Messages by day and category, with their cost where Meta tells it.
///
/// # Errors
/// What Meta answers instead.
pub async fn volumes(client: &Client, account: &WabaId, period: Period) -> Result<Vec<Volume>, GraphError> {
    let (start, end) = (period.start.as_second(), period.end.as_second());
    let fields = format!("id,pricing_analytics.start({start}).end({end}).granularity(DAILY).dimensions([\"PRICING_CATEGORY\"])");
    let call = Call::new(account.as_str()).with("fields", fields);
    let answer: WireAnalytics = client.get(&call).await?;
    let sets = answer.pricing_analytics.map(|sets| sets.data).unwrap_or_default();
    Ok(sets.into_iter().flat_map(|set| set.data_points).filter_map(WirePoint::into_volume).collect())
}

/// What became of these templates by one way, a row for each template and day. More than ten take several calls.
///
/// # Errors
/// 200007 before insights are switched on, 200005 where there are none, else what Meta answers instead.
pub async fn templates(
    client: &Client,
    account: &WabaId,
    templates: &[TemplateId],
    method: Method,
    period: Period,
) -> Result<Vec<DayCounts>, GraphError> {
    let mut days = Vec::new();
    for some in templates.chunks(MOST_TEMPLATES) {
        let product = match method {
            Method::CloudApi => "CLOUD_API",
            Method::Optimized => client.dropped().product_type(),
        };
        let counted = match counted(client, account, some, product, period).await {
            // Meta's pages name the product in two ways, and only one of them works.
            Err(error) if error.code() == Some(100) && method == Method::Optimized && product != OLD_PRODUCT_TYPE => {
                let again = counted(client, account, some, OLD_PRODUCT_TYPE, period).await;
                if again.is_ok() {
                    client.dropped().prefer_old_product_type();
                }
                again
            }
            other => other,
        };
        days.extend(counted?);
    }
    Ok(days)
}

async fn counted(
    client: &Client,
    account: &WabaId,
    templates: &[TemplateId],
    product: &str,
    period: Period,
) -> Result<Vec<DayCounts>, GraphError> {
    let ids: Vec<&str> = templates.iter().map(TemplateId::as_str).collect();
    let call = Call::new(format!("{account}/template_analytics"))
        .with("start", period.start.as_second().to_string())
        .with("end", period.end.as_second().to_string())
        .with("granularity", "DAILY")
        .with("template_ids", json!(ids).to_string())
        .with("metric_types", json!(["SENT", "DELIVERED", "READ", "CLICKED"]).to_string())
        .with("product_type", product);
    let (mut days, mut seen, mut page) = (Vec::new(), Cursors::default(), call.clone());
    for _ in 0..MOST_PAGES {
        let answer: WireSets = client.get(&page).await?;
        days.extend(answer.data.into_iter().flat_map(|set| set.data_points).filter_map(WirePoint::into_day));
        // A cursor without a next page is the end; one that comes again would go round for ever.
        let next = answer.paging.filter(|paging| paging.next.is_some()).and_then(|paging| paging.cursors?.after);
        match next.filter(|cursor| seen.is_new(cursor)) {
            Some(cursor) => page = call.clone().with("after", cursor),
            None => break,
        }
    }
    Ok(days)
}

/// Switches template insights on. **This cannot be undone** (Meta: analytics), so ask first.
///
/// # Errors
/// What Meta answers instead. Asked once.
pub async fn enable(client: &Client, account: &WabaId) -> Result<(), GraphError> {
    let call = Call::new(account.as_str()).with("is_enabled_for_insights", "true");
    client.post::<serde_json::Value>(&call, &json!({})).await.map(drop)
}

#[cfg(test)]
mod tests;
