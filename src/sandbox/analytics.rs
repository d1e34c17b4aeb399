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

/// What is drawn for the categories of charged messages; a number's and a template's counts come out of the same draws.
const CATEGORIES: [(&str, u64); 5] =
    [("MARKETING", 20), ("MARKETING_LITE", 21), ("UTILITY", 22), ("AUTHENTICATION", 23), ("SERVICE", 24)];

/// Messages of a number on the day that begins at `day`.
fn on_day(world: &World, number: u64, day: i64, what: u64) -> i64 {
    let size = 200 + i64::try_from(seed::draw(world.seed, number, what) % 1_800).unwrap_or(0);
    let wave = 70 + i64::try_from(seed::draw(world.seed ^ what, number, day.unsigned_abs()) % 60).unwrap_or(0);
    size * wave / 100
}

/// The same between two times: a step is made of its days, and the steps of a day add up to it.
fn between(start: i64, step: i64, on_day: impl Fn(i64) -> i64) -> i64 {
    let first = start - start.rem_euclid(DAY);
    if step >= DAY {
        return (0..step / DAY).map(|day| on_day(first + day * DAY)).sum();
    }
    let whole = on_day(first);
    whole * (start - first + step) / DAY - whole * (start - first) / DAY
}

/// Messages of a number in a category, delivered between two times.
fn delivered(world: &World, number: u64, onboarded: bool, category: &str, start: i64, step: i64) -> i64 {
    let Some((_, what)) = CATEGORIES.iter().find(|(name, _)| *name == category) else { return 0 };
    between(start, step, |day| {
        let total = on_day(world, number, day, *what);
        match category {
            "MARKETING_LITE" if !onboarded => 0,
            "MARKETING" if onboarded => share(total, 25),
            _ => total,
        }
    })
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

fn is_onboarded(world: &World, node: Node) -> bool {
    matches!(node, Node::Account(at) if world.onboarding(at) == "ONBOARDED")
}

fn messages(world: &World, node: Node, arguments: Arguments<'_>) -> Result<Value, GraphError> {
    let (span, granularity) = Span::read(world, arguments, BY_DAY, 365)?;
    let wanted = list(arguments, "phone_numbers");
    let onboarded = is_onboarded(world, node);
    let numbers: Vec<(u64, String)> =
        numbers_of(world, node).into_iter().filter(|(_, shown)| wanted.is_empty() || wanted.contains(shown)).collect();
    let points: Vec<Value> = span
        .points()
        .map(|(start, end)| {
            let delivered: i64 = numbers
                .iter()
                .flat_map(|(id, _)| CATEGORIES.map(|(name, _)| delivered(world, *id, onboarded, name, start, span.step)))
                .sum();
            json!({"start": start, "end": end, "sent": delivered * 100 / 96, "delivered": delivered})
        })
        .collect();
    let shown: Vec<&String> = numbers.iter().map(|(_, shown)| shown).collect();
    Ok(json!({"phone_numbers": shown, "granularity": granularity, "data_points": points}))
}

fn conversations(world: &World, node: Node, arguments: Arguments<'_>) -> Result<Value, GraphError> {
    let (span, _) = Span::read(world, arguments, DAILY, 365)?;
    let dimensions: Vec<String> = list(arguments, "dimensions").iter().map(|name| name.to_ascii_uppercase()).collect();
    let by_category = dimensions.iter().any(|name| name.ends_with("CATEGORY"));
    let groups: &[(&str, &[&str])] = if by_category {
        &[
            ("MARKETING", &["MARKETING", "MARKETING_LITE"]),
            ("UTILITY", &["UTILITY"]),
            ("AUTHENTICATION", &["AUTHENTICATION"]),
            ("SERVICE", &["SERVICE"]),
        ]
    } else {
        &[("", &["MARKETING", "MARKETING_LITE", "UTILITY", "AUTHENTICATION", "SERVICE"])]
    };
    let (numbers, onboarded) = (numbers_of(world, node), is_onboarded(world, node));
    let mut points = Vec::new();
    for (start, end) in span.points() {
        for (category, parts) in groups {
            let in_part = |part: &&str| -> i64 {
                numbers.iter().map(|(id, _)| delivered(world, *id, onboarded, part, start, span.step)).sum()
            };
            let count = parts.iter().map(in_part).sum::<i64>() / 2;
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
    if !matches!(node, Node::Account(_)) {
        return Ok(json!({"data": []}));
    }
    let onboarded = is_onboarded(world, node);
    let country = world.text(node, "country").unwrap_or_default();
    let phones = numbers_of(world, node);
    let places: Vec<Option<&(u64, String)>> = if has("PHONE") { phones.iter().map(Some).collect() } else { vec![None] };
    let mut points = Vec::new();
    for (start, end) in span.points() {
        for place in &places {
            let mut sum = 0;
            let mut price = 0.0;
            for (category, _) in CATEGORIES {
                if !wanted.is_empty() && !wanted.iter().any(|name| name == category) {
                    continue;
                }
                let kind = if category == "SERVICE" { "FREE_CUSTOMER_SERVICE" } else { "REGULAR" };
                if !types.is_empty() && !types.iter().any(|name| name == kind) {
                    continue;
                }
                let of = place.map_or(phones.as_slice(), std::slice::from_ref);
                let count: i64 = of.iter().map(|(id, _)| delivered(world, *id, onboarded, category, start, span.step)).sum();
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

/// How much of its category a template makes up. Those that never went through review sent nothing.
fn weight(world: &World, template: Node) -> i64 {
    match world.text(template, "status").as_deref() {
        Some("PENDING" | "REJECTED" | "IN_APPEAL" | "LIMIT_EXCEEDED") => 0,
        _ => 1 + i64::try_from(seed::draw(world.seed, world.id(template), 40) % 9).unwrap_or(0),
    }
}

/// What a template sent of what its account sent, so that the templates of an account never make up more than it: the rest
/// are templates that are not there any more.
struct Part {
    numbers: Vec<u64>,
    onboarded: bool,
    category: &'static str,
    weight: i64,
    of: i64,
}

impl Part {
    fn new(world: &World, account: u32, template: Node, optimized: bool) -> Option<Self> {
        let account_node = Node::Account(account);
        let onboarded = is_onboarded(world, account_node);
        let category_of = |node: Node| world.text(node, "category");
        let own = category_of(template)?;
        let category = match (own.as_str(), optimized) {
            ("MARKETING", true) => "MARKETING_LITE",
            ("MARKETING", false) => "MARKETING",
            ("UTILITY", false) => "UTILITY",
            ("AUTHENTICATION", false) => "AUTHENTICATION",
            _ => return None,
        };
        let of = world.account(account)?.templates.iter().map(|at| Node::Template(*at));
        let of = 3 + of
            .filter(|node| category_of(*node).as_deref() == Some(own.as_str()))
            .map(|node| weight(world, node))
            .sum::<i64>();
        let numbers = numbers_of(world, account_node).into_iter().map(|(id, _)| id).collect();
        Some(Self { numbers, onboarded, category, weight: weight(world, template), of })
    }

    fn sent(&self, world: &World, start: i64, step: i64) -> i64 {
        let whole: i64 = self.numbers.iter().map(|id| delivered(world, *id, self.onboarded, self.category, start, step)).sum();
        whole * self.weight / self.of
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
    let mut points = Vec::new();
    for id in &ids {
        let template = world.find(id).filter(|node| world.account_of(*node) == Some(account));
        let Some(template @ Node::Template(_)) = template else {
            return Err(GraphError::unknown_object("GET", id));
        };
        let part = Part::new(world, account, template, optimized);
        for (start, end) in span.points() {
            let sent = part.as_ref().map_or(0, |part| part.sent(world, start, span.step));
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
