//! Numbers for the analytics fields and the template analytics edge: believable, the same for the same seed and day.
//! It must not look at what was really sent; the sandbox has too little traffic for a chart.

use serde_json::{Map, Value, json};

use super::clock::DAY;
use super::errors::GraphError;
use super::params::texts;
use super::regions;
use super::seed;
use super::select::Arguments;
use super::state::{Node, World};

/// Most data points of one answer.
const MOST_POINTS: i64 = 20_000;

struct Span {
    start: i64,
    end: i64,
    step: i64,
}

impl Span {
    /// Reads `start`, `end` and `granularity`; both spellings of the daily step are kept apart as Meta does.
    fn read(
        world: &World,
        arguments: Arguments<'_>,
        steps: &[(&str, i64)],
        days_back: i64,
    ) -> Result<(Self, String), GraphError> {
        let time = |name: &str| -> Result<i64, GraphError> {
            let text = arguments(name)
                .filter(|text| !text.is_empty())
                .ok_or_else(|| GraphError::parameter(format!("(#100) The parameter {name} is required")))?;
            text.parse::<i64>()
                .ok()
                .or_else(|| day(&text))
                .ok_or_else(|| GraphError::parameter(format!("(#100) Param {name} must be a unix time")))
        };
        let (start, end) = (time("start")?, time("end")?);
        let granularity = arguments("granularity")
            .ok_or_else(|| GraphError::parameter("(#100) The parameter granularity is required"))?
            .to_ascii_uppercase();
        let step = steps.iter().find(|(name, _)| *name == granularity).map(|(_, step)| *step).ok_or_else(|| {
            let known: Vec<&str> = steps.iter().map(|(name, _)| *name).collect();
            GraphError::parameter(format!("(#100) Param granularity must be one of {{{}}}", known.join(", ")))
        })?;
        if end <= start {
            return Err(GraphError::parameter("(#100) Param end must be later than param start"));
        }
        if start < world.clock.now() - (days_back + 1) * DAY {
            return Err(GraphError::parameter(format!("(#100) Data is available for the last {days_back} days only")));
        }
        if (end - start) / step > MOST_POINTS {
            return Err(super::select::too_much());
        }
        Ok((Self { start, end: end.min(world.clock.now() + DAY), step }, granularity))
    }

    fn points(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        let first = self.start - self.start.rem_euclid(self.step);
        (0..).map(move |at| first + at * self.step).take_while(|start| *start < self.end).map(|start| (start, start + self.step))
    }
}

fn day(text: &str) -> Option<i64> {
    let date: jiff::civil::Date = text.parse().ok()?;
    Some(date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())
}

fn list(arguments: Arguments<'_>, name: &str) -> Vec<String> {
    arguments(name).map(|text| texts(&Value::String(text))).unwrap_or_default()
}

/// Messages that an object would have sent between two times.
fn volume(world: &World, object: u64, start: i64, step: i64, what: u64) -> i64 {
    let size = 200 + i64::try_from(seed::draw(world.seed, object, what) % 1_800).unwrap_or(0);
    let wave = 70 + i64::try_from(seed::draw(world.seed ^ what, object, start.unsigned_abs()) % 60).unwrap_or(0);
    size * wave * step / DAY / 100
}

fn share(number: i64, percent: i64) -> i64 {
    number * percent / 100
}

const DAILY: &[(&str, i64)] = &[("HALF_HOUR", 1_800), ("DAILY", DAY), ("MONTHLY", 30 * DAY)];
const BY_DAY: &[(&str, i64)] = &[("HALF_HOUR", 1_800), ("DAY", DAY), ("MONTH", 30 * DAY)];

/// The value of `analytics`, `conversation_analytics` or `pricing_analytics`.
///
/// # Errors
/// Code 100 for missing or unknown arguments.
pub fn field(world: &World, node: Node, name: &str, arguments: Arguments<'_>) -> Result<Value, GraphError> {
    match name {
        "analytics" => messages(world, node, arguments),
        "conversation_analytics" => conversations(world, node, arguments),
        _ => pricing(world, node, arguments),
    }
}

fn numbers_of(world: &World, node: Node) -> Vec<(u64, String)> {
    let Node::Account(at) = node else { return Vec::new() };
    let numbers = world.account(at).map(|account| account.numbers.clone()).unwrap_or_default();
    numbers
        .into_iter()
        .map(|number| {
            let node = Node::Number(number);
            let shown = world.text(node, "display_phone_number").unwrap_or_default();
            (world.id(node), shown.chars().filter(char::is_ascii_digit).collect())
        })
        .collect()
}

fn messages(world: &World, node: Node, arguments: Arguments<'_>) -> Result<Value, GraphError> {
    let (span, granularity) = Span::read(world, arguments, BY_DAY, 365)?;
    let wanted = list(arguments, "phone_numbers");
    let numbers: Vec<(u64, String)> =
        numbers_of(world, node).into_iter().filter(|(_, shown)| wanted.is_empty() || wanted.contains(shown)).collect();
    let points: Vec<Value> = span
        .points()
        .map(|(start, end)| {
            let sent: i64 = numbers.iter().map(|(id, _)| volume(world, *id, start, span.step, 1)).sum();
            json!({"start": start, "end": end, "sent": sent, "delivered": share(sent, 96)})
        })
        .collect();
    let shown: Vec<&String> = numbers.iter().map(|(_, shown)| shown).collect();
    Ok(json!({"phone_numbers": shown, "granularity": granularity, "data_points": points}))
}

fn conversations(world: &World, node: Node, arguments: Arguments<'_>) -> Result<Value, GraphError> {
    let (span, _) = Span::read(world, arguments, DAILY, 365)?;
    let dimensions: Vec<String> = list(arguments, "dimensions").iter().map(|name| name.to_ascii_uppercase()).collect();
    let by_category = dimensions.iter().any(|name| name.ends_with("CATEGORY"));
    let categories: &[&str] = if by_category { &["MARKETING", "UTILITY", "AUTHENTICATION", "SERVICE"] } else { &[""] };
    let id = world.id(node);
    let mut points = Vec::new();
    for (start, end) in span.points() {
        for (what, category) in (10_u64..).zip(categories) {
            let count = volume(world, id, start, span.step, what) / 2;
            let mut point = Map::from_iter([
                ("start".to_owned(), json!(start)),
                ("end".to_owned(), json!(end)),
                ("conversation".to_owned(), json!(count)),
                ("cost".to_owned(), json!(cost(count, category))),
            ]);
            if by_category {
                point.insert("conversation_category".into(), json!(category));
            }
            points.push(Value::Object(point));
        }
    }
    Ok(json!({"data": [{"data_points": points}]}))
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below the precision of the cost")]
fn cost(count: i64, category: &str) -> f64 {
    let price = match category {
        "MARKETING" | "MARKETING_LITE" => 0.025,
        "SERVICE" => 0.0,
        "" => 0.015,
        _ => 0.004,
    };
    (count as f64 * price * 10_000.0).round() / 10_000.0
}

fn pricing(world: &World, node: Node, arguments: Arguments<'_>) -> Result<Value, GraphError> {
    let (span, _) = Span::read(world, arguments, DAILY, 365)?;
    let dimensions: Vec<String> = list(arguments, "dimensions").iter().map(|name| name.to_ascii_uppercase()).collect();
    let has = |name: &str| dimensions.iter().any(|dimension| dimension == name);
    let upper = |name: &str| -> Vec<String> { list(arguments, name).iter().map(|text| text.to_ascii_uppercase()).collect() };
    let (wanted, metrics, types) = (upper("pricing_categories"), upper("metric_types"), upper("pricing_types"));
    let Node::Account(at) = node else { return Ok(json!({"data": []})) };
    let onboarded = world.onboarding(at) == "ONBOARDED";
    let categories = ["MARKETING", "MARKETING_LITE", "UTILITY", "AUTHENTICATION", "SERVICE"];
    let country = world.text(node, "country").unwrap_or_default();
    let phones = numbers_of(world, node);
    let places: Vec<Option<&(u64, String)>> = if has("PHONE") { phones.iter().map(Some).collect() } else { vec![None] };
    let mut points = Vec::new();
    for (start, end) in span.points() {
        for place in &places {
            let mut sum = 0;
            let mut price = 0.0;
            for (what, category) in (20_u64..).zip(categories) {
                if !wanted.is_empty() && !wanted.iter().any(|name| name == category) {
                    continue;
                }
                let kind = if category == "SERVICE" { "FREE_CUSTOMER_SERVICE" } else { "REGULAR" };
                if !types.is_empty() && !types.iter().any(|name| name == kind) {
                    continue;
                }
                let object = place.map_or_else(|| world.id(node), |(id, _)| *id);
                let total = volume(world, object, start, span.step, what);
                let count = match category {
                    "MARKETING_LITE" if !onboarded => 0,
                    "MARKETING" if onboarded => share(total, 25),
                    _ => total,
                };
                if has("PRICING_CATEGORY") || has("PRICING_TYPE") || has("TIER") {
                    let mut point = point(start, end, count, cost(count, category), &metrics);
                    if has("PRICING_CATEGORY") {
                        point.insert("pricing_category".into(), json!(category));
                    }
                    if has("PRICING_TYPE") {
                        point.insert("pricing_type".into(), json!(kind));
                    }
                    if has("TIER") {
                        point.insert("tier".into(), json!("0:MAX"));
                    }
                    place_in(&mut point, has("COUNTRY").then_some(&country), *place);
                    points.push(Value::Object(point));
                }
                sum += count;
                price += cost(count, category);
            }
            if !(has("PRICING_CATEGORY") || has("PRICING_TYPE") || has("TIER")) {
                let mut point = point(start, end, sum, price, &metrics);
                place_in(&mut point, has("COUNTRY").then_some(&country), *place);
                points.push(Value::Object(point));
            }
        }
    }
    Ok(json!({"data": [{"data_points": points}]}))
}

fn point(start: i64, end: i64, count: i64, price: f64, metrics: &[String]) -> Map<String, Value> {
    let mut point = Map::from_iter([("start".to_owned(), json!(start)), ("end".to_owned(), json!(end))]);
    if metrics.is_empty() || metrics.iter().any(|name| name == "VOLUME") {
        point.insert("volume".into(), json!(count));
    }
    if metrics.is_empty() || metrics.iter().any(|name| name == "COST") {
        point.insert("cost".into(), json!(price));
    }
    point
}

fn place_in(point: &mut Map<String, Value>, country: Option<&String>, phone: Option<&(u64, String)>) {
    if let Some(country) = country {
        point.insert("country".into(), json!(country));
    }
    if let Some((_, shown)) = phone {
        point.insert("phone_number".into(), json!(shown));
    }
}

/// The answer of the template analytics edge.
///
/// # Errors
/// 200007 before insights are switched on, 200005 where Meta does not offer them, code 100 for bad arguments.
pub fn templates(world: &World, account: u32, arguments: Arguments<'_>) -> Result<Value, GraphError> {
    let node = Node::Account(account);
    if !world.holds(node, "is_enabled_for_insights") {
        return Err(GraphError::new(
            400,
            200_007,
            "(#200007) Template Insights is not enabled for this WhatsApp Business Account",
        ));
    }
    let country = world.text(node, "country").unwrap_or_default();
    if regions::without_template_analytics(&country) {
        return Err(GraphError::new(
            400,
            200_005,
            "(#200005) Template Insights is not available for this WhatsApp Business Account",
        ));
    }
    let (span, granularity) = Span::read(world, arguments, &[("DAILY", DAY)], 90)?;
    let mut ids = list(arguments, "template_ids");
    ids.extend(list(arguments, "template_group_ids"));
    if ids.is_empty() || ids.len() > 10 {
        return Err(GraphError::parameter("(#100) Param template_ids must hold 1 to 10 ids"));
    }
    let product = arguments("product_type").unwrap_or_else(|| "CLOUD_API".to_owned());
    let optimized = match product.as_str() {
        "CLOUD_API" => false,
        "MARKETING_MESSAGES_API_FOR_WHATSAPP" | "MARKETING_MESSAGES_LITE_API" => true,
        _ => {
            return Err(GraphError::parameter(
                "(#100) Param product_type must be one of {CLOUD_API, MARKETING_MESSAGES_API_FOR_WHATSAPP}",
            ));
        }
    };
    let onboarded = world.onboarding(account) == "ONBOARDED";
    let mut points = Vec::new();
    for id in &ids {
        let template = world.find(id).filter(|node| world.account_of(*node) == Some(account));
        let Some(template @ Node::Template(_)) = template else {
            return Err(GraphError::unknown_object("GET", id));
        };
        let marketing = world.text(template, "category").as_deref() == Some("MARKETING");
        for (start, end) in span.points() {
            let total = volume(world, world.id(template), start, span.step, 40);
            let sent = match (optimized, onboarded && marketing) {
                (true, true) => share(total, 80),
                (true, false) => 0,
                (false, true) => share(total, 20),
                (false, false) => total,
            };
            let delivered = share(sent, if optimized { 97 } else { 91 });
            let clicked = share(delivered, if optimized { 9 } else { 6 });
            points.push(json!({
                "template_id": id, "start": start, "end": end, "sent": sent, "delivered": delivered,
                "read": share(delivered, if optimized { 74 } else { 66 }),
                "clicked": [{"type": "url_button", "button_content": "Shop now", "count": clicked}],
                "cost": [
                    {"type": "amount_spent", "value": cost(delivered, "MARKETING")},
                    {"type": "cost_per_delivered", "value": cost(1, "MARKETING")},
                ],
            }));
        }
    }
    Ok(json!({"data": [{
        "granularity": granularity,
        "product_type": product.to_ascii_lowercase(),
        "data_points": points,
    }]}))
}
