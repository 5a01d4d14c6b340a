//! What a test does with objects: it creates them, plays the operator, looks.

use serde_json::{Value, json};

use super::{ControlPlane, Refused, client, done};

impl ControlPlane {
    /// Makes sure that a namespace exists.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn namespace(&self, name: &str) {
        let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
        match self.client.request("POST", "/api/v1/namespaces", "application/json", &namespace) {
            Err(refused) if refused.reason == "AlreadyExists" => {}
            answer => drop(done(answer)),
        }
    }

    /// Creates an object, in a namespace that exists, and gives what the server stored.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn create(&self, object: &Value) -> Value {
        done(self.try_create(object))
    }

    /// Creates an object, or says why the server refused.
    ///
    /// # Errors
    /// What the server answered.
    pub fn try_create(&self, object: &Value) -> Result<Value, Refused> {
        self.client.request("POST", &self.collection(object)?, "application/json", object)
    }

    /// Server-side apply under the name `tests`.
    ///
    /// # Errors
    /// What the server answered.
    pub fn apply(&self, object: &Value) -> Result<Value, Refused> {
        let name = object["metadata"]["name"].as_str().unwrap_or_default();
        let path = format!("{}/{name}?fieldManager=tests&force=true", self.collection(object)?);
        self.client.request("PATCH", &path, "application/apply-patch+yaml", object)
    }

    /// Plays the operator's part: replaces the status of an object by the one given with it.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn patch_status(&self, object: &Value) -> Value {
        let name = object["metadata"]["name"].as_str().unwrap_or_default();
        let path = done(self.collection(object).map(|collection| format!("{collection}/{name}/status")));
        let (content, patch) = client::status_patch(&object["status"]);
        done(self.client.request("PATCH", &path, content, &patch))
    }

    /// Fills the server with recorded objects: namespaces first, then all others with their statuses. What exists is
    /// made like the recording.
    ///
    /// # Panics
    /// When the server refuses one of them.
    pub fn load(&self, objects: &[Value]) {
        let mut namespaces: Vec<&str> =
            objects.iter().filter_map(|object| object["metadata"]["namespace"].as_str()).collect();
        namespaces.sort_unstable();
        namespaces.dedup();
        let namespaces = namespaces.iter().map(|name| {
            let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
            ("/api/v1/namespaces".to_owned(), namespace)
        });
        done(self.client.create_all(&namespaces.collect::<Vec<_>>()));
        let writes = objects.iter().map(|object| Ok((self.collection(object)?, as_new(object))));
        let writes: Result<Vec<(String, Value)>, Refused> = writes.collect();
        done(writes.and_then(|writes| self.client.create_all(&writes)));
    }

    /// One object, or nothing when it is not there.
    ///
    /// # Panics
    /// When the server does not answer.
    pub fn get(&self, api_version: &str, kind: &str, namespace: &str, name: &str) -> Option<Value> {
        let collection = done(self.client.collection(api_version, kind, namespace));
        match self.client.request("GET", &format!("{collection}/{name}"), "", &Value::Null) {
            Err(refused) if refused.code == 404 => None,
            answer => Some(done(answer)),
        }
    }

    /// Deletes an object; says whether it was there.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn delete(&self, api_version: &str, kind: &str, namespace: &str, name: &str) -> bool {
        let collection = done(self.client.collection(api_version, kind, namespace));
        match self.client.request("DELETE", &format!("{collection}/{name}"), "", &Value::Null) {
            Err(refused) if refused.code == 404 => false,
            answer => !done(answer).is_null(),
        }
    }

    /// Any request: method, path with query, content type and body (`""` and null for none).
    ///
    /// # Errors
    /// What the server answered.
    pub fn request(&self, method: &str, path: &str, content: &str, body: &Value) -> Result<Value, Refused> {
        self.client.request(method, path, content, body)
    }

    /// Makes the store forget how everything was before now, which happens every five minutes by itself: tokens of lists
    /// and versions of watches expire.
    ///
    /// # Panics
    /// When the store does not do so.
    pub fn forget_history(&self) {
        let namespace = self.unique("history");
        self.namespace(&namespace);
        let path = format!("/api/v1/namespaces/{namespace}");
        let now = done(self.request("GET", &path, "", &Value::Null))["metadata"]["resourceVersion"].clone();
        done(compact(self.processes.store, now.as_str().unwrap_or_default()));
    }

    fn collection(&self, object: &Value) -> Result<String, Refused> {
        let field = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let namespace = field(&object["metadata"]["namespace"]);
        self.client.collection(&field(&object["apiVersion"]), &field(&object["kind"]), &namespace)
    }
}

/// A recorded object without what the server writes itself.
fn as_new(object: &Value) -> Value {
    let mut object = object.clone();
    if let Some(metadata) = object["metadata"].as_object_mut() {
        for field in ["resourceVersion", "uid", "managedFields", "generation", "selfLink"] {
            metadata.remove(field);
        }
    }
    object
}

/// Speaks to etcd's JSON gateway by hand: one request is not worth a client.
fn compact(port: u16, revision: &str) -> Result<(), String> {
    use std::io::{Read, Write};
    let body = json!({"revision": revision, "physical": true}).to_string();
    let request = format!(
        "POST /v3/kv/compaction HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut answer = String::new();
    let sent = std::net::TcpStream::connect(("127.0.0.1", port)).and_then(|mut store| {
        store.write_all(request.as_bytes())?;
        store.read_to_string(&mut answer)
    });
    match sent {
        Ok(_) if answer.starts_with("HTTP/1.1 200") => Ok(()),
        Ok(_) => Err(answer),
        Err(error) => Err(error.to_string()),
    }
}
