//! Lists: in pages, several kinds at a time, each page lent and dropped before the next.

use std::collections::VecDeque;

use futures::stream::{FuturesUnordered, StreamExt};
use http::Request;
use http::header::{ACCEPT, HeaderValue};
use kube::core::Request as Build;
use kube::core::params::ListParams;
use serde::Deserialize;
use serde_json::Value;

use super::error::Problem;
use super::lean::Lean;
use super::{ApiError, Server};
use crate::inventory::{Inventory, InventoryError, Query};
use crate::resource::{Resource, Scope, or_default};

/// Objects of one answer; as many as the Go client asks for.
const PAGE: u32 = 500;

/// Requests at a time, so that a hub under load is not made to suffer.
const AT_ONCE: usize = 6;

/// A part of a list.
#[derive(Default, Deserialize)]
pub(super) struct Page {
    #[serde(default)]
    metadata: PageMeta,
    /// Some kinds of an empty list say null.
    #[serde(default, deserialize_with = "or_default")]
    items: Vec<Lean>,
}

#[derive(Default, Deserialize)]
struct PageMeta {
    #[serde(rename = "continue", default, deserialize_with = "or_default")]
    token: String,
    #[serde(rename = "resourceVersion", default, deserialize_with = "or_default")]
    version: String,
}

impl Page {
    /// The token for the next page; `None` after the last.
    pub(super) fn next(&self) -> Option<String> {
        Some(self.metadata.token.clone()).filter(|token| !token.is_empty())
    }

    /// Where a watch goes on; empty when the server does not have the kind.
    pub(super) fn version(&self) -> &str {
        &self.metadata.version
    }

    /// The objects, each complete in itself.
    pub(super) fn items(self, resource: Resource) -> impl Iterator<Item = Value> {
        self.items.into_iter().map(move |Lean(mut item)| {
            complete(&mut item, resource);
            item
        })
    }
}

/// Which page of which list.
struct Wanted {
    query: usize,
    token: Option<String>,
}

/// An object of which only the name is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Named {
    /// Namespace; empty for kinds of the cluster.
    pub namespace: String,
    /// Name.
    pub name: String,
}

#[derive(Deserialize)]
struct Entry {
    metadata: Named,
}

#[derive(Deserialize)]
struct Names {
    /// Some kinds of an empty list say null.
    #[serde(default, deserialize_with = "or_default")]
    items: Vec<Entry>,
}

/// A list as a person reads it.
#[derive(Deserialize)]
struct Rows {
    #[serde(rename = "columnDefinitions", default, deserialize_with = "or_default")]
    columns: Vec<Column>,
    #[serde(default, deserialize_with = "or_default")]
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Column {
    #[serde(default)]
    format: String,
}

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    cells: Vec<Value>,
}

impl Rows {
    /// The cells of the column that holds names.
    fn names(self) -> Vec<Named> {
        let Some(at) = self.columns.iter().position(|column| column.format == "name") else { return vec![] };
        let text = |row: Row| row.cells.get(at).and_then(Value::as_str).map(str::to_owned);
        self.rows.into_iter().filter_map(text).map(|name| Named { namespace: String::new(), name }).collect()
    }
}

impl Server {
    /// The names of objects, without reading the objects: fast enough for completion.
    ///
    /// # Errors
    /// The server cannot answer, or the user may not list them.
    pub fn names(&self, query: &Query<'_>) -> Result<Vec<Named>, ApiError> {
        let (what, resource) = (many(query), query.resource);
        // From the server's memory and in one piece: a name that is a moment old will do.
        let params = params(query).match_any();
        let request = Build::new(self.path(resource, query.namespace)).list_metadata(&params);
        if resource.scope == Scope::Cluster {
            let request = request.map(as_rows);
            let rows: Rows = self.runtime.block_on(self.send("list", &what, resource, request))?;
            return Ok(rows.names());
        }
        let list: Names = self.runtime.block_on(self.send("list", &what, resource, request))?;
        Ok(list.items.into_iter().map(|entry| entry.metadata).collect())
    }

    fn pages(&self, queries: &[Query<'_>], visit: &mut dyn FnMut(usize, &Value)) -> Result<(), ApiError> {
        let fetch = |wanted: Wanted| async move {
            let page = match queries.get(wanted.query) {
                Some(query) => self.page(query, wanted.token.as_deref()).await,
                None => Ok(Page::default()),
            };
            (wanted.query, page)
        };
        let mut waiting: VecDeque<Wanted> = (0..queries.len()).map(|query| Wanted { query, token: None }).collect();
        let mut running: FuturesUnordered<_> = waiting.drain(..AT_ONCE.min(queries.len())).map(fetch).collect();
        // Whoever is visited may ask the server something else: this is why nothing runs meanwhile.
        while let Some((query, page)) = self.runtime.block_on(running.next()) {
            let page = page?;
            if let Some(token) = page.next() {
                running.push(fetch(Wanted { query, token: Some(token) }));
            } else if let Some(next) = waiting.pop_front() {
                running.push(fetch(next));
            }
            let Some(resource) = queries.get(query).map(|query| query.resource) else { continue };
            page.items(resource).for_each(|item| visit(query, &item));
        }
        Ok(())
    }

    /// A page, asked for again while the server is away; a kind that the server does not have has an empty one.
    async fn page(&self, query: &Query<'_>, token: Option<&str>) -> Result<Page, ApiError> {
        self.again(|| self.page_once(query, token)).await
    }

    /// The same, asked for once.
    pub(super) async fn page_once(&self, query: &Query<'_>, token: Option<&str>) -> Result<Page, ApiError> {
        match self.ask(query, token).await {
            Err(error) if error.is_not_found() => match self.served_version(query.resource).await? {
                Some(other) if other != query.resource.version => self.ask(query, token).await,
                _ => Ok(Page::default()),
            },
            // The server offers a token that goes on with what is there now.
            Err(error) if error.problem == Problem::Gone && error.continue_token.is_some() => {
                self.ask(query, error.continue_token.as_deref()).await
            }
            answer => answer,
        }
    }

    async fn ask(&self, query: &Query<'_>, token: Option<&str>) -> Result<Page, ApiError> {
        let what = many(query);
        let params = match token {
            None if query.is_few() => params(query).match_any(),
            _ => ListParams { continue_token: token.map(str::to_owned), ..params(query).limit(PAGE) },
        };
        let path = Build::new(self.path(query.resource, query.namespace));
        self.send("list", &what, query.resource, path.list(&params)).await
    }
}

/// Asks for cells without the metadata behind them: of 3500 clusters 0.3 MB in the place of 12 MB, which the server has to
/// make first. Cells do not tell namespaces.
fn as_rows(mut request: Request<Vec<u8>>) -> Request<Vec<u8>> {
    const ROWS: HeaderValue = HeaderValue::from_static("application/json;as=Table;g=meta.k8s.io;v=v1");
    if let Ok(uri) = format!("{}&includeObject=None", request.uri()).parse() {
        *request.uri_mut() = uri;
    }
    request.headers_mut().insert(ACCEPT, ROWS);
    request
}

/// The selectors of a query, in the server's terms.
pub(super) fn params(query: &Query<'_>) -> ListParams {
    let has = query.with_label.map(|(key, value)| match value {
        Some(value) => format!("{key}={value}"),
        None => key.to_owned(),
    });
    let labels: Vec<String> = has.into_iter().chain(query.without_label.map(|key| format!("!{key}"))).collect();
    let mut params = ListParams::default();
    if !labels.is_empty() {
        params = params.labels(&labels.join(","));
    }
    match query.name {
        Some(name) => params.fields(&format!("metadata.name={name}")),
        None => params,
    }
}

/// Items of a list leave out what the list says for all of them.
pub(super) fn complete(item: &mut Value, resource: Resource) {
    let Value::Object(map) = item else { return };
    map.entry("kind").or_insert_with(|| resource.kind.into());
    map.entry("apiVersion").or_insert_with(|| resource.api_version().into());
}

/// `ClusterGroupUpgrades in namespace "ztp-group"`.
pub(super) fn many(query: &Query<'_>) -> String {
    let kinds = query.resource.plural_kind();
    match query.namespace {
        Some(namespace) => format!("{kinds} in namespace {namespace:?}"),
        None => kinds,
    }
}

impl Inventory for Server {
    fn each(&self, query: &Query<'_>, visit: &mut dyn FnMut(&Value)) -> Result<(), InventoryError> {
        self.each_of(std::slice::from_ref(query), &mut |_, object| visit(object))
    }

    fn each_of(&self, queries: &[Query<'_>], visit: &mut dyn FnMut(usize, &Value)) -> Result<(), InventoryError> {
        Ok(self.pages(queries, visit)?)
    }

    fn describe(&self) -> String {
        match self.context() {
            Some(context) => format!("context {context}"),
            None => self.host().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_the_column_that_is_one_of_names() {
        let text = r#"{"kind": "Table", "columnDefinitions": [{"name": "Age", "format": ""}, {"name": "Name", "format": "name"}],
            "rows": [{"cells": [7, "sno1"], "object": null}, {"cells": ["x"]}, {}]}"#;
        let rows: Rows = serde_json::from_str(text).unwrap();
        assert_eq!(rows.names(), [Named { namespace: String::new(), name: "sno1".to_owned() }]);
        let empty: Rows = serde_json::from_str(r#"{"columnDefinitions": null, "rows": null}"#).unwrap();
        assert_eq!(empty.names(), []);
    }

    #[test]
    fn a_query_becomes_selectors_of_the_server() {
        let query = Query::all(Resource::POLICY).with_label_value("root", "a.b").without_label("gone").named("x");
        let params = params(&query);
        assert_eq!(params.label_selector.as_deref(), Some("root=a.b,!gone"));
        assert_eq!(params.field_selector.as_deref(), Some("metadata.name=x"));
        assert_eq!(many(&query.in_namespace("ztp")), "Policies in namespace \"ztp\"");
    }
}
