//! The templates of an account.

use super::{Client, GraphError, List, wire::WireTemplate};
use crate::domain::{Template, WabaId};

/// Reads all templates of an account, each language by itself, in Meta's order.
///
/// # Errors
/// What Meta answers instead; fields that it does not know are left out by themselves.
pub async fn read(client: &Client, account: &WabaId) -> Result<Vec<Template>, GraphError> {
    let list = List::new(format!("{account}/message_templates"), |dropped, _| dropped.template());
    let rows = list.all::<WireTemplate>(client).await?;
    let mut seen = std::collections::HashSet::new();
    let templates = rows.into_iter().filter_map(WireTemplate::into_template);
    Ok(templates.filter(|template| seen.insert((template.name.clone(), template.language.clone()))).collect())
}
