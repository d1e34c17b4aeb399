//! Single accounts: read with everything, or many of them by id.

use jiff::Timestamp;

use super::{
    Call, Client, Depth, GraphError, LARGEST_PAGE, List,
    batch::{self, LARGEST_BATCH},
    sizes::Sizes,
    wire::{Page, WireAccount, WireNumber},
};
use crate::domain::{Account, PhoneNumber, WabaId, account::FoundBy};

/// Reads one account with all its numbers and their health. How it was found is left open.
///
/// # Errors
/// What Meta answers instead; fields that it does not know are left out by themselves.
pub async fn read(client: &Client, id: &WabaId) -> Result<Account, GraphError> {
    let mut depth = Depth::Full;
    loop {
        let asked = client.dropped().nested_numbers();
        let call = Call::new(id.as_str()).with("fields", client.dropped().account(depth));
        let error = match client.get::<WireAccount>(&call).await {
            Ok(row) => {
                let has_more_numbers = row.has_more_numbers;
                let account = row.into_account(FoundBy::default(), Timestamp::now());
                let mut account = account.ok_or_else(|| nameless(client))?;
                client.dropped().mark_unread(&mut account);
                if has_more_numbers {
                    account.numbers = numbers(client, &account.id).await?;
                }
                return Ok(account);
            }
            Err(error) => error,
        };
        if client.dropped().learn(&error) {
            continue;
        }
        depth = match depth {
            // The numbers' health is the dearest part of the answer.
            Depth::Full if error.is_too_much_data() => Depth::List,
            Depth::List if error.is_too_much_data() && client.dropped().fewer_numbers(asked) => Depth::List,
            Depth::Full | Depth::List if matches!(error.code(), Some(10 | 200)) => Depth::Core,
            _ => return Err(error),
        };
    }
}

/// Reads all numbers of an account, for one that has more than come with it.
///
/// # Errors
/// What Meta answers instead.
pub async fn numbers(client: &Client, id: &WabaId) -> Result<Vec<PhoneNumber>, GraphError> {
    let list = List::new(format!("{id}/phone_numbers"), |dropped, depth| dropped.number(depth));
    let mut seen = std::collections::HashSet::new();
    let rows = list.all::<WireNumber>(client).await?;
    let numbers = rows.into_iter().filter_map(WireNumber::into_number);
    Ok(numbers.filter(|number| seen.insert(number.id.clone())).collect())
}

/// Reads up to [`LARGEST_BATCH`] accounts in one request; each has its own result, in order.
///
/// # Errors
/// When the request as a whole fails.
pub async fn read_batch(
    client: &Client,
    ids: &[WabaId],
    found_by: FoundBy,
) -> Result<Vec<Result<Account, GraphError>>, GraphError> {
    let ids = ids.get(..LARGEST_BATCH).unwrap_or(ids);
    let mut depth = Depth::List;
    loop {
        let asked = client.dropped().nested_numbers();
        let fields = client.dropped().account(depth);
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("fields", &fields).finish();
        let relative: Vec<_> = ids.iter().map(|id| format!("{id}?{query}")).collect();
        let rows = batch::read::<WireAccount>(client, &relative).await?;
        // Every part asks for the same fields, so one that complains speaks for all.
        let learnt = rows.iter().filter_map(|row| row.as_ref().err()).any(|error| client.dropped().learn(error));
        if learnt {
            continue;
        }
        let too_much = rows.iter().filter_map(|row| row.as_ref().err()).any(GraphError::is_too_much_data);
        if too_much && client.dropped().fewer_numbers(asked) {
            continue;
        }
        if too_much && depth == Depth::List {
            depth = Depth::Core;
            continue;
        }
        let now = Timestamp::now();
        let accounts = rows.into_iter().map(|row| {
            let mut account = row?.into_account(found_by, now).ok_or_else(|| nameless(client))?;
            client.dropped().mark_unread(&mut account);
            Ok(account)
        });
        return Ok(accounts.collect());
    }
}

/// The first page of many portfolios' lists in one request, `(portfolio, list)` each, in order; each has its own result.
///
/// # Errors
/// When the request as a whole fails.
pub(super) async fn list_batch(
    client: &Client,
    lists: &[(&str, &str)],
    sort: &str,
) -> Result<Vec<Result<Page<WireAccount>, GraphError>>, GraphError> {
    let sizes = client.dropped().sizes();
    let mut halvings = sizes.halvings(0);
    loop {
        let rows = Sizes::rows(LARGEST_PAGE, halvings);
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("fields", &client.dropped().account(Depth::List))
            .append_pair("limit", &rows.to_string())
            .append_pair("sort", sort)
            .finish();
        let relative: Vec<_> = lists.iter().map(|(portfolio, list)| format!("{portfolio}/{list}?{query}")).collect();
        let pages = batch::read::<Page<WireAccount>>(client, &relative).await?;
        let errors = || pages.iter().filter_map(|page| page.as_ref().err());
        if errors().any(|error| client.dropped().learn(error)) {
            continue;
        }
        if !errors().any(GraphError::is_too_much_data) {
            sizes.succeeded(halvings);
            return Ok(pages);
        }
        sizes.failed(halvings);
        if rows == 1 {
            return Ok(pages);
        }
        halvings = sizes.halvings(halvings + 1);
    }
}

fn nameless(client: &Client) -> GraphError {
    GraphError::Unreadable {
        host: client.host().to_owned(),
        status: 200,
        reason: "an account was asked for and what came has no id".to_owned(),
    }
}
