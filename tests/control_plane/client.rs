//! A small blocking client for tests, so that the code under test does not judge itself.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use kube::config::{Config, KubeConfigOptions, Kubeconfig};
use serde_json::Value;
use tokio::runtime::Runtime;

/// What the server answered to a request that it refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// HTTP status code; 0 when the request did not get through.
    pub code: u16,
    /// Machine-readable reason, such as `Conflict`.
    pub reason: String,
    /// What it says.
    pub message: String,
}

/// What discovery says of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Served {
    plural: String,
    namespaced: bool,
}

/// An HTTP client for one user of one server.
pub struct Client {
    runtime: Runtime,
    client: kube::Client,
    /// By `apiVersion` and kind.
    kinds: Mutex<BTreeMap<(String, String), Served>>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

impl Client {
    /// A client for the user of a kubeconfig.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn new(kubeconfig: &Path) -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let client = runtime.block_on(async {
            let file = Kubeconfig::read_from(kubeconfig).map_err(|error| error.to_string())?;
            let config = Config::from_custom_kubeconfig(file, &KubeConfigOptions::default()).await;
            let mut config = config.map_err(|error| error.to_string())?;
            config.proxy_url = None;
            config.default_retry = false;
            config.read_timeout = Some(Duration::from_secs(60));
            config.reset_reader_on_write = true;
            kube::Client::try_from(config).map_err(|error| error.to_string())
        })?;
        Ok(Self { runtime, client, kinds: Mutex::default() })
    }

    /// Sends one request and reads its whole answer.
    ///
    /// # Errors
    /// What the server refused, or why it was not reached.
    pub fn request(&self, method: &str, path: &str, content: &str, body: &Value) -> Result<Value, Refused> {
        self.runtime.block_on(send(self.client.clone(), method, path, content, body))
    }

    /// Sends requests side by side, a bounded number at a time, and stops at the first that is refused.
    ///
    /// # Errors
    /// What the server refused first.
    pub fn create_all(&self, objects: &[(String, Value)]) -> Result<(), Refused> {
        self.runtime.block_on(async {
            let mut waiting = objects.iter();
            let mut under_way = tokio::task::JoinSet::new();
            loop {
                while under_way.len() < 32 {
                    let Some((path, object)) = waiting.next() else { break };
                    let (client, path, object) = (self.client.clone(), path.clone(), object.clone());
                    under_way.spawn(async move { write(client, &path, &object).await });
                }
                match under_way.join_next().await {
                    Some(done) => done.unwrap_or_else(|error| Err(unreached(&error)))?,
                    None => return Ok(()),
                }
            }
        })
    }

    /// Where objects like this one are created: the URL of its collection.
    ///
    /// # Errors
    /// The server serves no such kind.
    pub fn collection(&self, api_version: &str, kind: &str, namespace: &str) -> Result<String, Refused> {
        let served = self.served(api_version, kind)?;
        let root = if api_version.contains('/') { "apis" } else { "api" };
        let plural = &served.plural;
        Ok(if served.namespaced && !namespace.is_empty() {
            format!("/{root}/{api_version}/namespaces/{namespace}/{plural}")
        } else {
            format!("/{root}/{api_version}/{plural}")
        })
    }

    fn served(&self, api_version: &str, kind: &str) -> Result<Served, Refused> {
        let key = (api_version.to_owned(), kind.to_owned());
        let known = |kinds: &BTreeMap<_, Served>| kinds.get(&key).cloned();
        if let Some(served) = self.kinds.lock().ok().as_deref().and_then(known) {
            return Ok(served);
        }
        let found = self.discover(api_version)?;
        let served = found.get(&key).cloned().ok_or_else(|| Refused {
            code: 404,
            reason: "NotFound".to_owned(),
            message: format!("the server does not serve {kind} of {api_version}"),
        });
        if let Ok(mut kinds) = self.kinds.lock() {
            kinds.extend(found);
        }
        served
    }

    fn discover(&self, api_version: &str) -> Result<BTreeMap<(String, String), Served>, Refused> {
        let root = if api_version.contains('/') { "apis" } else { "api" };
        let list = self.request("GET", &format!("/{root}/{api_version}"), "", &Value::Null)?;
        let kinds = list["resources"].as_array().into_iter().flatten().filter_map(|resource| {
            let plural = resource["name"].as_str().filter(|name| !name.contains('/'))?.to_owned();
            let kind = resource["kind"].as_str()?.to_owned();
            let namespaced = resource["namespaced"].as_bool()?;
            Some(((api_version.to_owned(), kind), Served { plural, namespaced }))
        });
        Ok(kinds.collect())
    }
}

/// Creates an object, or makes an existing one like it; then its status, where the kind keeps that apart.
async fn write(client: kube::Client, collection: &str, object: &Value) -> Result<(), Refused> {
    let name = object["metadata"]["name"].as_str().unwrap_or_default();
    let created = send(client.clone(), "POST", collection, "application/json", object).await;
    match created {
        Err(refused) if refused.reason == "AlreadyExists" => {
            let path = format!("{collection}/{name}?fieldManager=tests&force=true");
            send(client.clone(), "PATCH", &path, "application/apply-patch+yaml", object).await?;
        }
        created => drop(created?),
    }
    if object["status"].is_null() {
        return Ok(());
    }
    let (content, patch) = status_patch(&object["status"]);
    match send(client, "PATCH", &format!("{collection}/{name}/status"), content, &patch).await {
        // A kind without a status subresource: it was written with the rest.
        Err(refused) if refused.code == 404 => Ok(()),
        written => written.map(drop),
    }
}

/// Replaces the whole status, as an operator's update does.
pub fn status_patch(status: &Value) -> (&'static str, Value) {
    ("application/json-patch+json", serde_json::json!([{"op": "add", "path": "/status", "value": status}]))
}

async fn send(client: kube::Client, method: &str, path: &str, content: &str, body: &Value) -> Result<Value, Refused> {
    let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    let mut request = http::Request::builder().method(method).uri(path);
    if !content.is_empty() {
        request = request.header("content-type", content);
    }
    let request = request.body(body).map_err(|error| unreached(&error))?;
    let text = client.request_text(request).await.map_err(refused)?;
    Ok(serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

fn refused(error: kube::Error) -> Refused {
    match error {
        kube::Error::Api(status) => Refused { code: status.code, reason: status.reason, message: status.message },
        other => unreached(&other),
    }
}

fn unreached(error: &dyn std::error::Error) -> Refused {
    Refused { code: 0, reason: String::new(), message: format!("{error}: {:?}", error.source()) }
}
